import type { Member } from '@madang/client';
import { useEffect, useState } from 'react';
import { useCall } from '../state/call-context.js';
import { type StatsReading, type TrackRate, trackRates } from './track-rates.js';

export interface PeerReading {
  readonly id: string;
  readonly name: string;
  /** Undefined for a member without a peer-to-peer connection to this one. */
  readonly peer: Pick<NonNullable<Member['peer']>, 'state' | 'path'> | undefined;
  readonly rates: readonly (TrackRate & { readonly source: string | undefined })[];
}

const EVERY_MS = 1_000;

/** What every connection says of itself, once a second for as long as somebody looks. */
export function usePeerReadings(): readonly PeerReading[] {
  const call = useCall();
  const [readings, setReadings] = useState<readonly PeerReading[]>([]);
  useEffect(() => {
    const before = new Map<string, StatsReading>();
    let isOver = false;
    const read = async () => {
      const others = call.room.members.filter((member) => !member.isSelf);
      const next = await Promise.all(others.map((member) => readPeer(member, call.room.self, before)));
      if (!isOver) setReadings(next);
    };
    void read();
    const timer = setInterval(() => void read(), EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [call]);
  return readings;
}

async function readPeer(
  member: Member,
  self: Member | undefined,
  before: Map<string, StatsReading>,
): Promise<PeerReading> {
  const { id, name, peer } = member;
  // A connection that closes meanwhile has nothing more to say.
  const report = await peer?.getStats().catch(() => undefined);
  const reading = report && (new Map(report as unknown as Iterable<[string, unknown]>) as unknown as StatsReading);
  const rates = reading ? trackRates(reading, before.get(id)) : [];
  if (reading) before.set(id, reading);
  return {
    id,
    name,
    peer: peer && { state: peer.state, path: peer.path },
    rates: rates.map((rate) => ({ ...rate, source: sourceOf(rate, rate.direction === 'sent' ? self : member) })),
  };
}

function sourceOf(rate: TrackRate, member: Member | undefined): string | undefined {
  return [...(member?.tracks.values() ?? [])].find((track) => track.mediaStreamTrack.id === rate.trackId)?.source;
}
