import type { CandidateFact, PairFact } from './fact.js';
import { numberIn, type Row, type Rows, rowsOfType, textIn } from './stats-rows.js';

/** More pairs than these say nothing more; those that got farthest come first. */
const MOST_PAIRS = 40;
const STATES = ['succeeded', 'in-progress', 'failed', 'waiting', 'frozen'] as const;
const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;

/** The candidate pairs, those that got farthest first. */
export function readPairs(rows: Rows): readonly PairFact[] {
  const selected = new Set(rowsOfType(rows, 'transport').map((row) => row.selectedCandidatePairId));
  return rowsOfType(rows, 'candidate-pair')
    .flatMap((row) => pairOf(row, rows, selected.has(row.id)) ?? [])
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST_PAIRS);
}

/** Changes when a pair comes, goes or gets farther; hardly with the mere count of its checks. */
export function pairsKey(pairs: readonly PairFact[]): string {
  const end = ({ type, protocol, address, port }: CandidateFact): string => `${type} ${protocol} ${address} ${port}`;
  return pairs
    .map(({ local, remote, state, nominated, requestsSent, responsesReceived }) =>
      [end(local), end(remote), state, nominated, requestsSent > 3, responsesReceived > 0].join(' '),
    )
    .sort()
    .join('\n');
}

export function candidateOf(row: Row | undefined): CandidateFact | undefined {
  const type = TYPES.find((name) => name === row?.candidateType);
  if (row === undefined || type === undefined) return undefined;
  const url = textIn(row, 'url');
  return {
    type,
    protocol: row.protocol === 'tcp' ? 'tcp' : 'udp',
    address: textIn(row, 'address') ?? textIn(row, 'ip') ?? '',
    port: numberIn(row, 'port') ?? 0,
    ...(url === undefined ? {} : { url }),
  };
}

function pairOf(row: Row, rows: Rows, isSelected: boolean): PairFact | undefined {
  const local = candidateOf(rows.get(String(row.localCandidateId)));
  const remote = candidateOf(rows.get(String(row.remoteCandidateId)));
  if (local === undefined || remote === undefined) return undefined;
  return {
    local,
    remote,
    state: STATES.find((state) => state === row.state) ?? 'waiting',
    nominated: isSelected || row.selected === true || row.nominated === true,
    requestsSent: numberIn(row, 'requestsSent') ?? 0,
    responsesReceived: numberIn(row, 'responsesReceived') ?? 0,
  };
}

const rank = (pair: PairFact): number => (pair.nominated ? 0 : 1 + STATES.indexOf(pair.state));
