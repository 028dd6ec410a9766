import type { CandidateFact, Direction } from '@madang/client';
import { type Connection, factsOf } from './connections.js';

export interface CandidateRow extends CandidateFact {
  readonly atMs: number;
}

/** The candidates that went one way, each once, as they came. */
export function candidateRows(connection: Pick<Connection, 'facts'>, direction: Direction): readonly CandidateRow[] {
  const rows = new Map<string, CandidateRow>();
  for (const fact of factsOf(connection, 'candidate')) {
    const { candidate, atMs } = fact;
    const key = [candidate.type, candidate.protocol, candidate.address, candidate.port, candidate.url].join(' ');
    if (fact.direction === direction && !rows.has(key)) rows.set(key, { ...candidate, atMs });
  }
  return [...rows.values()];
}

/** An address with its port, as it is written (RFC 3986 §3.2.2). */
export function endpointText({ address, port }: Pick<CandidateFact, 'address' | 'port'>): string {
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}
