import { useEffect } from 'react';
import { useCall, useCallState } from '../../state/call-context.js';
import { connectionQualities, type Quality } from './connection-quality.js';

const EVERY_MS = 2_000;

/** Judges every other second how well it goes with each member, for as long as the room is shown. */
export function useQualityWatch(): void {
  const { room, store } = useCall();
  useEffect(() => {
    const timer = setInterval(() => {
      const now = connectionQualities(room.record.facts, room.self?.id, room.record.nowMs());
      const { qualities } = store.getState();
      const isSame = now.size === qualities.size && [...now].every(([id, quality]) => qualities.get(id) === quality);
      if (!isSame) store.setState({ qualities: now });
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [room, store]);
}

/** How well it goes with this member; undefined as long as nothing was measured. */
export function useQuality(memberId: string): Quality | undefined {
  return useCallState((state) => state.qualities.get(memberId));
}
