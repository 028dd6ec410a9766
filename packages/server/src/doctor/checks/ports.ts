import type { Sentence } from '../../messages/index.js';
import { bad, ok, type Verdict, warn } from '../verdict.js';

/** What became of opening a port for a moment. */
export type PortState =
  | { readonly kind: 'free' }
  /** `by` as `node (pid 1)`, where that can be seen; `madang` when a Madang of the same settings answers there. */
  | { readonly kind: 'taken'; readonly by: string | undefined; readonly madang: boolean }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'failed'; readonly code: string };

export interface TriedPort {
  readonly transport: 'TCP' | 'UDP';
  readonly port: number;
  readonly state: PortState;
}

export interface PortsReading {
  /** The setting, as in `--http-port`. */
  readonly flag: string;
  /** Empty when it is off, or any free port will do. */
  readonly tried: readonly TriedPort[];
  readonly setting: 'off' | 'any' | 'one' | 'sampled';
  /** What is tried, as `8080`, or `49152-65535` of which some are. */
  readonly ports: string;
}

export function judgePorts(reading: PortsReading): Verdict {
  const { setting, tried, ports } = reading;
  if (setting === 'off') return ok((m) => m.doctor.ports.off);
  if (setting === 'any') return ok((m) => m.doctor.ports.any);
  const failure = tried.find(({ state }) => state.kind !== 'free' && !(state.kind === 'taken' && state.madang));
  if (failure !== undefined) return failed(reading, failure);
  const running = tried.map(({ state }) => state).find((state) => state.kind === 'taken');
  if (running?.kind === 'taken') return ok((m) => m.doctor.ports.madang(ports, running.by ?? m.doctor.ports.someone));
  const transports = [...new Set(tried.map(({ transport }) => transport))].join(', ');
  if (setting === 'one') return ok((m) => m.doctor.ports.free(`${ports} (${transports})`));
  return ok((m) => m.doctor.ports.sampled(`${ports} (${transports})`, tried.length));
}

function failed(reading: PortsReading, { state, port, transport }: TriedPort): Verdict {
  const { flag, tried, setting } = reading;
  const someAreLeft = setting === 'sampled' && tried.some((each) => each.state.kind === 'free');
  const judge = someAreLeft ? warn : bad;
  const name = `${port} (${transport})`;
  switch (state.kind) {
    case 'forbidden':
      return judge(
        (m) => m.doctor.ports.forbidden(name),
        (m) => m.doctor.ports.remedyForbidden(flag),
      );
    case 'failed':
      return judge(
        (m) => m.doctor.ports.failed(name, state.code),
        (m) => m.doctor.ports.remedyFailed(flag),
      );
    default:
      return judge(takenText(reading, name, state), (m) => m.doctor.ports.remedyTaken(flag));
  }
}

function takenText({ setting, tried }: PortsReading, name: string, state: PortState): Sentence {
  const by = state.kind === 'taken' ? state.by : undefined;
  const taken = tried.filter((each) => each.state.kind === 'taken').length;
  return ({ doctor: { ports } }) =>
    setting === 'sampled'
      ? ports.takenSome(taken, tried.length, name, by ?? ports.someone)
      : ports.taken(name, by ?? ports.someone);
}
