import { CONFIG_KEYS, type Config } from '../../config/index.js';
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

/** The ports of media, of TURN, or of TURN over TLS. */
export async function readMediaPorts(
  config: Config,
  field: 'mediaPort' | 'turnPort' | 'turnsPort',
): Promise<PortsReading> {
  const first = config[field];
  const count = field === 'mediaPort' ? Math.min(config.mediaThreads, 65_536 - first) : 1;
  const transports: Transport[] = field === 'turnsPort' ? ['TCP'] : ['UDP', 'TCP'];
  const ports = Array.from({ length: count }, (_, ix) => first + ix);
  const tried = await tryAll(config, ports, transports);
  return { ...namesOf(field), setting: 'one', ports: count === 1 ? String(first) : `${first}-${ports.at(-1)}`, tried };
}

/** Some ports of the relay range. */
export async function readRelayPorts(config: Config): Promise<PortsReading> {
  const [from = 0, to = 0] = config.relayPorts.split('-').map(Number);
  const count = Math.min(RELAY_SAMPLES, to - from + 1);
  const step = count > 1 ? (to - from) / (count - 1) : 0;
  const ports = Array.from({ length: count }, (_, ix) => Math.round(from + ix * step));
  const tried = await tryAll(config, ports, ['UDP']);
  return { ...namesOf('relayPorts'), setting: 'sampled', ports: config.relayPorts, tried };
}

async function tryAll(config: Config, ports: readonly number[], transports: readonly Transport[]) {
  const tried: TriedPort[] = [];
  for (const port of ports) {
    for (const transport of transports) {
      tried.push({ transport, port, state: await tryPort(transport, port, config.bind) });
    }
  }
  return tried;
}

function namesOf(field: PortField): { flag: string; needed: boolean } {
  const key = CONFIG_KEYS.find((each) => each.field === field)!;
  return { flag: `--${key.flag}`, needed: key.reserved !== true };
}
