import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensurePackages } from '../../scripts/debian.mjs';
import { pinned } from './pinned.mjs';

const PORT = 38_088;
const START_WITHIN_MS = 15_000;
const NEEDS = [{ package: 'janus', present: () => existsSync('/usr/bin/janus') }];

/** Whether Debian's Janus is here, installed now if it was not. */
export const ensureJanus = () => ensurePackages(NEEDS, 'The servers of this bench');

/**
 * Janus with its videoroom and nothing else, ICE-lite as Madang is, on `ip`. `eventLoops`: how many threads carry the media
 * of all; 0 for one each, Janus' default.
 */
export async function startJanus({ core, ip, eventLoops }) {
  const folder = mkdtempSync(join(tmpdir(), 'madang-bench-janus-'));
  for (const [name, text] of Object.entries(configuration(ip, eventLoops))) writeFileSync(join(folder, name), text);
  const log = openSync(join(folder, 'log'), 'w');
  const command = pinned(core, ['janus', '-F', folder]);
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', log, log] });
  const url = `http://127.0.0.1:${PORT}/janus`;
  await answers(`${url}/info`, child, join(folder, 'log'));
  return {
    pid: child.pid,
    door: { janus: url },
    async stop() {
      const isOver = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await isOver;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url, child, log) {
  for (const end = performance.now() + START_WITHIN_MS; performance.now() < end && child.exitCode === null; ) {
    const reply = await fetch(url).catch(() => null);
    if (reply?.ok) return;
    await sleep(100);
  }
  child.kill();
  throw new Error(`janus does not start:\n${readFileSync(log, 'utf8')}`);
}

/** Every file that Janus would otherwise look for elsewhere, and only what is needed switched on. */
function configuration(ip, eventLoops) {
  const library = '/usr/lib/x86_64-linux-gnu/janus';
  return {
    'janus.jcfg': `
general: {
  plugins_folder = "${library}/plugins"
  transports_folder = "${library}/transports"
  events_folder = "${library}/events"
  loggers_folder = "${library}/loggers"
  debug_level = 2
  ${eventLoops > 0 ? `event_loops = ${eventLoops}` : ''}
}
nat: {
  ice_lite = true
  ice_enforce_list = "${ip}"
}
media: { ipv6 = false }
plugins: { disable = "${without(['audiobridge', 'duktape', 'echotest', 'lua', 'nosip', 'recordplay', 'sip', 'streaming', 'textroom', 'videocall', 'voicemail'])}" }
transports: { disable = "${without(['mqtt', 'nanomsg', 'pfunix', 'rabbitmq', 'websockets'])}" }
loggers: { disable = "libjanus_jsonlog.so" }
events: { broadcast = false }
`,
    'janus.plugin.videoroom.jcfg': 'general: {}\n',
    'janus.transport.http.jcfg': `
general: {
  json = "compact"
  base_path = "/janus"
  http = true
  port = ${PORT}
  ip = "127.0.0.1"
  https = false
}
admin: { admin_http = false }
`,
  };
}

const without = (names) => names.map((name) => `libjanus_${name}.so`).join(',');
