import type { Config, LoadedConfig } from '../config/index.js';
import { examineAtStart, type Row } from '../doctor/index.js';
import type { Messages } from '../messages/index.js';
import { createLog } from '../observe/index.js';
import { startBanner, startJson } from './banner.js';
import { runUntilStopped } from './run-until-stopped.js';
import { startServer } from './start-server.js';

/** The checks of a start take some 30 ms; only a file system that hangs makes them late, and then it goes on without. */
const LOOKING_MS = 2_000;

/** Starts the server, says where it is, and runs until it is told to stop; then ends the process with 0. */
export async function serve({ config, warnings }: LoadedConfig, messages: Messages): Promise<void> {
  const log = createLog({ level: config.logLevel, format: config.logFormat });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'this should not happen: the server ends');
      process.exit(1);
    });
  }
  // The reader of our output may go away without the calls having to end.
  process.stdout.on('error', () => {});
  const say = (line: string) => process.stdout.write(line);
  const server = await startServer(config, { log, warnings });
  const stopped = runUntilStopped(server, config.json ? () => {} : (line) => say(`${line(messages)}\n`));
  const [rows, probed] = await Promise.all([lookAround(config), server.probed()]);
  const found = { rows, probed };
  say(config.json ? `${startJson(server, found)}\n` : startBanner(server, found, messages));
  await server.checked().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  log.info({ tookMs: Math.round(performance.now()), ...server.ports }, 'started');
  say(`ready ${server.urls.local.join(' ')}\n`);
  await stopped;
  process.exit(0);
}

function lookAround(config: Config): Promise<readonly Row[]> {
  const late = new Promise<readonly Row[]>((resolve) => setTimeout(() => resolve([]), LOOKING_MS).unref());
  return Promise.race([examineAtStart(config), late]);
}
