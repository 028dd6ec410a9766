import type { CallRecord, Fact } from '@madang/client';
import { useEffect, useState } from 'react';

export interface RecordSnapshot {
  readonly facts: readonly Fact[];
  readonly nowMs: number;
}

const EVERY_MS = 1_000;

/** What a record holds, looked at once a second while the page is to be seen. */
export function useRecordSnapshot(record: CallRecord): RecordSnapshot {
  const [snapshot, setSnapshot] = useState(() => snapshotOf(record));
  useEffect(() => everySecondSeen(() => setSnapshot(snapshotOf(record))), [record]);
  return snapshot;
}

/** The record's own array grows in place: a copy is what can be compared. */
export function snapshotOf(record: Pick<CallRecord, 'facts' | 'nowMs'>): RecordSnapshot {
  return { facts: [...record.facts], nowMs: record.nowMs() };
}

/** Runs now and once a second, but not while the page is hidden. Returns how to stop. */
export function everySecondSeen(run: () => void): () => void {
  const look = () => {
    if (document.visibilityState === 'visible') run();
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
