import type { TrackId } from '../ports/index.js';
import { CODECS, type CodecCapability, type SentTrack } from '../sdp/index.js';
import { canCarry } from './payload-types.js';
import type { RoomTrack } from './room-track.js';
import type { RouterState } from './router-state.js';
import type { SubscribeConnection } from './subscribe-connection.js';

/** A subscriber as far as it matters here: also before it has a peer. */
type Wanting = Pick<SubscribeConnection, 'described' | 'describedAs' | 'wants' | 'room' | 'cname'>;

/**
 * Has the wanted tracks that are there now described, each as it was before as long as it comes in the same codecs, and all
 * others forgotten.
 */
export function describeWanted(connection: Wanting, state: RouterState): void {
  const { described, describedAs, wants, room } = connection;
  for (const id of described.keys()) if (!wants.has(id)) described.delete(id);
  for (const id of wants.keys()) {
    const track = state.trackIn(room, id);
    const before = described.get(id);
    if (track === null) described.delete(id);
    else if (before === undefined || !isSame(before.codecs, codecsOf(track))) {
      described.set(id, describe(track, before, connection.cname, state));
    }
  }
  describedAs.clear();
  for (const [id, { trackId }] of described) describedAs.set(trackId, id);
}

/** Which track a section was agreed on for; null when that is wanted no more, or is described otherwise now. */
export function wantedIn({ describedAs }: SubscribeConnection, sent: SentTrack | null): TrackId | null {
  return sent === null ? null : (describedAs.get(sent.trackId) ?? null);
}

/** All sound and all pictures of a member are of one stream: players keep them together. */
function describe(track: RoomTrack, before: SentTrack | undefined, cname: string, { random }: RouterState): SentTrack {
  const { id, kind, member } = track;
  return {
    kind,
    trackId: before === undefined ? id : `${id}-${random.id()}`,
    streamId: member,
    cname,
    ssrc: random.uint32(),
    rtxSsrc: kind === 'video' ? random.uint32() : null,
    codecs: codecsOf(track),
  };
}

/** What of all that we offer the track may come in. */
function codecsOf({ agreement }: RoomTrack): CodecCapability[] {
  return CODECS.filter(
    (ours) => ours.kind === agreement.kind && agreement.codecs.some((codec) => canCarry(ours, codec)),
  );
}

function isSame(a: readonly CodecCapability[], b: readonly CodecCapability[]): boolean {
  return a.length === b.length && a.every((codec, ix) => codec === b[ix]);
}
