import { CLASSIC_REQUEST_NAMES, type ErrorCode, REQUEST_NAMES } from '@madang/protocol';
import { Counter, Gauge, type Registry } from 'prom-client';

export type Outcome = 'ok' | ErrorCode;

const KNOWN: ReadonlySet<string> = new Set<string>([...REQUEST_NAMES, ...CLASSIC_REQUEST_NAMES]);

/** Counts messages by event and outcome. Names that are not ours count as `unknown`, so that the table stays small. */
export class Tally {
  readonly #counts = new Map<string, Map<Outcome, number>>();
  readonly #refused: Counter<'reason'>;

  constructor(registry: Registry, connections: () => number) {
    const counts = this.#counts;
    new Counter({
      name: 'madang_signal_messages_total',
      help: 'Messages received over socket.io, by event and by outcome (ok, or an error code).',
      labelNames: ['event', 'outcome'],
      registers: [registry],
      collect() {
        this.reset();
        for (const [event, outcomes] of counts) {
          for (const [outcome, count] of outcomes) this.inc({ event, outcome }, count);
        }
      },
    });
    new Gauge({
      name: 'madang_signal_connections',
      help: 'Open socket.io connections.',
      registers: [registry],
      collect() {
        this.set(connections());
      },
    });
    this.#refused = new Counter({
      name: 'madang_signal_connections_refused_total',
      help: 'Connections refused before they were opened, by error code.',
      labelNames: ['reason'],
      registers: [registry],
    });
  }

  /** Cheap: runs for every message. */
  message(event: unknown, outcome: Outcome): void {
    const name = typeof event === 'string' && KNOWN.has(event) ? event : 'unknown';
    let outcomes = this.#counts.get(name);
    if (outcomes === undefined) {
      outcomes = new Map();
      this.#counts.set(name, outcomes);
    }
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }

  refusedConnection(reason: ErrorCode): void {
    this.#refused.inc({ reason });
  }
}
