import { CONFIG_KEYS, type Config, mediaThreadCount } from '../../config/index.js';
import type { PortsReading, TriedPort } from '../checks/ports.js';
import { madangAnswers } from './madang-answers.js';
import type { Transport } from './port-holder.js';
import { tryPort } from './try-port.js';

/** Ports of the relay range that are tried, spread over it. */
const RELAY_SAMPLES = 16;

type PortField = 'httpPort' | 'httpsPort' | 'mediaPort' | 'turnPort' | 'turnsPort' | 'relayPorts';

/** A port of the web server, and who is there if somebody is. */
export async function readWebPort(config: Config, scheme: 'http' | 'https'): Promise<PortsReading> {
  const field = scheme === 'http' ? 'httpPort' : 'httpsPort';
  const port = config[field];
  const about = { ...namesOf(field), ports: String(port) };
  if (port === 'off') return { ...about, setting: 'off', tried: [] };
  if (port === 0) return { ...about, setting: 'any', tried: [] };
  const state = await tryPort('TCP', port, config.bind);
  if (state.kind !== 'taken') return { ...about, setting: 'one', tried: [{ transport: 'TCP', port, state }] };
  const address = config.bind[0] ?? '::';
  const madang = await madangAnswers({ scheme, address, port, basePath: config.basePath });
  return { ...about, setting: 'one', tried: [{ transport: 'TCP', port, state: { ...state, madang } }] };
}

/** The ports of media. */
export async function readMediaPorts(config: Config): Promise<PortsReading> {
  const first = config.mediaPort;
  const about = namesOf('mediaPort');
  if (first === 'off') return { ...about, setting: 'off', ports: first, tried: [] };
  if (first === 0) return { ...about, setting: 'any', ports: '0', tried: [] };
  const count = Math.min(mediaThreadCount(config), 65_536 - first);
  const ports = Array.from({ length: count }, (_, ix) => first + ix);
  const tried = await tryAll(config.mediaBind.length > 0 ? config.mediaBind : config.bind, ports, ['UDP', 'TCP']);
  const shown = count === 1 ? String(first) : `${first}-${ports.at(-1)}`;
  return { ...about, setting: 'one', ports: shown, tried: await knowOurselves(tried, config) };
}

/** The port of STUN and TURN, or that of TURN over TLS, and who is there if somebody is. */
export async function readTurnPort(config: Config, field: 'turnPort' | 'turnsPort'): Promise<PortsReading> {
  const port = config[field];
  const about = { ...namesOf(field), ports: String(port) };
  if (port === 'off') return { ...about, setting: 'off', tried: [] };
  if (port === 0) return { ...about, setting: 'any', tried: [] };
  const tried = await tryAll(turnBind(config), [port], field === 'turnsPort' ? ['TCP'] : ['UDP', 'TCP']);
  return { ...about, setting: 'one', tried: await knowOurselves(tried, config) };
}

/** Ports that are taken are ours where a Madang of these settings runs. */
async function knowOurselves(tried: readonly TriedPort[], config: Config): Promise<TriedPort[]> {
  const isTaken = tried.some(({ state }) => state.kind === 'taken');
  const madang = isTaken && (await isRunning(config));
  return tried.map((each) => ({ ...each, state: { ...each.state, madang } }));
}

function turnBind({ bind, turnBind: own }: Config): readonly string[] {
  return own.length > 0 ? own : bind;
}

/** Whether a Madang of these settings answers on one of its ports for pages. */
async function isRunning({ httpPort, httpsPort, bind, basePath }: Config): Promise<boolean> {
  const doors = [
    { scheme: 'http', port: httpPort },
    { scheme: 'https', port: httpsPort },
  ] as const;
  const answers = doors.map(async ({ scheme, port }) => {
    if (port === 'off' || port === 0) return false;
    return await madangAnswers({ scheme, address: bind[0] ?? '::', port, basePath });
  });
  return (await Promise.all(answers)).includes(true);
}

/** Some ports of the relay range. */
export async function readRelayPorts(config: Config): Promise<PortsReading> {
  const [from = 0, to = 0] = config.relayPorts.split('-').map(Number);
  const count = Math.min(RELAY_SAMPLES, to - from + 1);
  const step = count > 1 ? (to - from) / (count - 1) : 0;
  const ports = Array.from({ length: count }, (_, ix) => Math.round(from + ix * step));
  const tried = await tryAll(turnBind(config), ports, ['UDP']);
  return { ...namesOf('relayPorts'), setting: 'sampled', ports: config.relayPorts, tried };
}

async function tryAll(bind: readonly string[], ports: readonly number[], transports: readonly Transport[]) {
  const tried: TriedPort[] = [];
  for (const port of ports) {
    for (const transport of transports) {
      tried.push({ transport, port, state: await tryPort(transport, port, bind) });
    }
  }
  return tried;
}

function namesOf(field: PortField): { flag: string } {
  const key = CONFIG_KEYS.find((each) => each.field === field)!;
  return { flag: `--${key.flag}` };
}
