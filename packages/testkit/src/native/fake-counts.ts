import type { PlaneCounts } from '@madang/native';

export type MutableCounts = { -readonly [Name in keyof PlaneCounts]: number };

/** All zero. */
export function noCounts(): MutableCounts {
  return {
    received: 0,
    receivedBytes: 0,
    receiveCalls: 0,
    coalesced: 0,
    batches: 0,
    sent: 0,
    sentBytes: 0,
    sendCalls: 0,
    segmented: 0,
    segmentationRefused: 0,
    queued: 0,
    rxTooLong: 0,
    rxEmpty: 0,
    rxNoSlot: 0,
    rxNoAddress: 0,
    rxNoKeys: 0,
    rxDtlsUnproven: 0,
    rxSrtpMalformed: 0,
    rxSrtpAuthentication: 0,
    rxSrtpReplayed: 0,
    rxSrtpOther: 0,
    txBadRow: 0,
    txNoPort: 0,
    txNoAddress: 0,
    txNoPeer: 0,
    txNoKeys: 0,
    txProtectFailed: 0,
    txQueueFull: 0,
    txRefused: 0,
    portsOpen: 0,
    peersOpen: 0,
    freeSlots: 0,
    addresses: 0,
    addressesEvicted: 0,
  };
}
