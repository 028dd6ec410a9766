import type { ForwardReason, TrackWant } from '../ports/index.js';
import { fits, type Subscription } from '../sfu/index.js';
import { wantedIn } from './described-tracks.js';
import type { RoomTrack } from './room-track.js';
import type { RouterState } from './router-state.js';
import type { SubscribeConnection } from './subscribe-connection.js';
import type { ViewSection } from './view-section.js';

/** What is asked for of a track at most. */
type Want = Pick<TrackWant, 'paused' | 'maxWidth' | 'maxHeight' | 'maxLayer'>;

/** How a track is sent. */
interface Forwarded {
  readonly layer: number | null;
  readonly reason: ForwardReason;
}

/** Tells a subscriber how its tracks are sent, as far as that is otherwise than it was told last. */
export function tellForwarding(connection: SubscribeConnection, state: RouterState): void {
  const { id, told, wants, sections, peer } = connection;
  if (!peer.canSend) return;
  const changes = [...sections.values()].flatMap((section) => {
    const track = wantedIn(connection, section.agreement.sent);
    const want = track === null ? undefined : wants.get(track);
    const now = want === undefined ? null : forwarded(section, want);
    if (now === null || track === null) return [];
    const before = told.get(track);
    if (before?.layer === now.layer && before.reason === now.reason) return [];
    told.set(track, now);
    return [{ track, ...now }];
  });
  if (changes.length > 0) state.tell({ type: 'forwarding', connection: id, changes });
}

/** How the track in a place is sent; null while it changes over to what it is to be, which is told when it is there. */
export function forwarded({ track, subscription }: ViewSection, want: Want): Forwarded | null {
  if (want.paused || track?.isMuted) return { layer: null, reason: 'paused' };
  if (subscription?.source === null && subscription.isLimited) return { layer: null, reason: 'bandwidth' };
  if (track === null || subscription === null || subscription.source === null) {
    return { layer: null, reason: 'publisher' };
  }
  if (track.kind === 'audio') return { layer: 0, reason: 'full' };
  const layer = layerOf(subscription, track);
  if (subscription.isLimited) return { layer, reason: 'bandwidth' };
  const reason = reasonFor(layer, subscription, track, want);
  return reason === null ? null : { layer, reason };
}

/** By quality, from 0: which encoding of a simulcast, or which spatial layer of a stream. */
function layerOf({ source, out }: Subscription, { publication: { sources } }: RoomTrack): number {
  if (sources.length > 1) return sources.indexOf(source!);
  return Math.max(0, Math.min(out.cap.spatial, source!.layers - 1));
}

/** Why it is not a better one. */
function reasonFor(
  layer: number,
  { source }: Subscription,
  { publication: { sources }, agreement }: RoomTrack,
  want: Want,
): ForwardReason | null {
  const encodings = Math.max(1, agreement.streams.length);
  const top = (encodings > 1 ? encodings : source!.layers) - 1;
  if (layer >= top) return 'full';
  if (want.maxLayer !== undefined && layer >= want.maxLayer) return 'wish';
  if (encodings === 1)
    return isLargerThan(want, source!.widths[layer + 1]!, source!.heights[layer + 1]!) ? 'size' : null;
  const next = sources[layer + 1];
  // Where a larger one is not known, or not sent for nobody wants it, it is taken to be twice as large, as is usual.
  const [width, height] = next?.width ? [next.width, next.height] : [2 * source!.width, 2 * source!.height];
  if (isLargerThan(want, width, height)) return 'size';
  return next === undefined || next.flow === 'stalled' ? 'publisher' : null;
}

function isLargerThan(want: Want, width: number, height: number): boolean {
  return width > 0 && !fits(width, height, want);
}
