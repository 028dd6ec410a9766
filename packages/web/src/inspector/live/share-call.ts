import type { Call } from '../../state/call.js';
import { liveId } from './live-id.js';
import { shareRecord } from './share-record.js';

/** Lets `/inspect` in other tabs of this browser watch this visit to a room. Returns how to stop. */
export function shareCall(call: Call): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => {};
  const stop = shareRecord({
    id: liveId(),
    describe: () => ({ room: call.roomName, name: call.room.self?.name ?? '' }),
    record: call.room.record,
  });
  addEventListener('pagehide', stop, { once: true });
  return () => {
    removeEventListener('pagehide', stop);
    stop();
  };
}
