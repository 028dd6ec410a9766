import type { Sentence } from '../messages/index.js';
import type { RunningServer } from './running-server.js';

/**
 * Ctrl-C under `npm start` reaches us twice, from the terminal and from npm: signals this close together are one.
 */
const SAME_SIGNAL_MS = 200;

/**
 * Keeps the process until SIGTERM or SIGINT, then drains and closes the server. A second signal ends the process at
 * once. Resolves when everything is closed.
 */
export async function runUntilStopped(server: RunningServer, tell: (line: Sentence) => void): Promise<void> {
  const signal = await nextSignal();
  const begun = performance.now();
  const force = (again: NodeJS.Signals) => {
    if (performance.now() - begun > SAME_SIGNAL_MS) forceExit(again);
  };
  process.on('SIGTERM', force).on('SIGINT', force);
  const { members } = server;
  server.log.info({ signal, members }, 'stopping: waiting for members to leave; a second signal forces');
  tell((m) => m.start.stopping(members));
  await server.drain();
  await server.close();
  server.log.info({ tookMs: Math.round(performance.now() - begun) }, 'stopped');
  tell((m) => m.start.stopped);
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const stop = (signal: NodeJS.Signals) => {
      process.off('SIGTERM', stop).off('SIGINT', stop);
      resolve(signal);
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
  });
}

/** Not by choice of a code: a forced end looks like the signal that forced it (128 and its number). */
function forceExit(signal: NodeJS.Signals): void {
  process.exit(signal === 'SIGINT' ? 130 : 143);
}
