import type { Peer } from '../peer/index.js';
import type { DropReason } from '../sctp/index.js';

/** What went through the data channels of a media thread since it began. */
export interface DataSums {
  /** Messages of members, and their bytes with what stands in front of them; passed on: once for each who is to hear. */
  said: number;
  saidBytes: number;
  passed: number;
  passedBytes: number;
  /** What was no message, or not for who said it: its lane was closed. Channels that can't be lanes were, too. */
  refused: number;
  refusedLanes: number;
  /** Messages that one member was not given: its queue was full, it takes none so long, its lane was closing. */
  readonly unheard: { full: number; too_long: number; closed: number };
  /** Parts of messages that were sent again. */
  resent: number;
  /** Packets of SCTP, or chunks of them, that were passed over. */
  readonly packets: Partial<Record<DropReason, number>>;
}

export function noDataSums(): DataSums {
  return {
    said: 0,
    saidBytes: 0,
    passed: 0,
    passedBytes: 0,
    refused: 0,
    refusedLanes: 0,
    unheard: { full: 0, too_long: 0, closed: 0 },
    resent: 0,
    packets: {},
  };
}

/** A copy that can be added to. */
export function copyDataSums(sums: DataSums): DataSums {
  return { ...sums, unheard: { ...sums.unheard }, packets: { ...sums.packets } };
}

/** Adds what came of a peer's association so far. */
export function addAssociation(sums: DataSums, { data }: Pick<Peer, 'data'>): void {
  if (data === null) return;
  const { drops, resent } = data.channels.association;
  sums.resent += resent;
  for (const [reason, count] of Object.entries(drops) as [DropReason, number][]) {
    sums.packets[reason] = (sums.packets[reason] ?? 0) + count;
  }
}
