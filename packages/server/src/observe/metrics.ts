import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import { gauge } from './gauge.js';

export interface Metrics {
  readonly registry: Registry;
  /** Counts an answered HTTP request. `route` is a name from the code, never a path that somebody sent. */
  countRequest(route: string, status: number): void;
}

/** How much there is at the moment of a scrape. */
export interface Counts {
  rooms(): number;
  members(): number;
}

/** How often the lag of the event loop is measured: an idle server does little else. */
const LAG_RESOLUTION_MS = 50;

/** The process's metrics: Node's own, what `counts` says, and HTTP requests by route and status. */
export function createMetrics(counts: Counts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_RESOLUTION_MS });
  gauge(registry, 'madang_rooms', 'Rooms with at least one member.', () => counts.rooms());
  gauge(registry, 'madang_members', 'Members in rooms, those away within their grace time included.', () =>
    counts.members(),
  );
  const requests = new Counter({
    name: 'madang_http_requests_total',
    help: 'HTTP requests answered, by route and status; those of the signaling are not among them.',
    labelNames: ['route', 'status'] as const,
    registers: [registry],
  });
  return { registry, countRequest: (route, status) => requests.inc({ route, status }) };
}
