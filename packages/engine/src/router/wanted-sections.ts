import type { Change, MediaAgreement } from '../sdp/index.js';
import type { Subscription } from '../sfu/index.js';
import { wantedIn } from './described-tracks.js';
import { addSubscription } from './media-sums.js';
import type { RouterState } from './router-state.js';
import type { SubscribeConnection } from './subscribe-connection.js';
import { ViewSection } from './view-section.js';

/** Makes the sections that a subscriber has agreed to, takes away others, and sends in them what it wants. */
export function takeWanted(connection: SubscribeConnection, changes: readonly Change[], state: RouterState): void {
  const { sections } = connection;
  for (const change of changes) {
    if (change.type === 'stop-sending') {
      sections.get(change.mid)?.close();
      sections.delete(change.mid);
    } else if (change.type === 'send') send(connection, change.section, state);
  }
  showWanted(connection, state);
}

/**
 * Sends a subscriber what it wants now, as far as that is there and agreed on. Before it is connected nothing: the keyframe
 * that it begins with would be lost. After any change of tracks, wants or sections.
 */
export function showWanted(connection: SubscribeConnection, state: RouterState): void {
  const { sections, wants, room, peer } = connection;
  for (const section of sections.values()) {
    const id = wantedIn(connection, section.agreement.sent);
    const want = id === null ? undefined : wants.get(id);
    const track = want === undefined ? null : state.trackIn(room, want.track);
    section.want(want ?? {}, (want?.paused ?? false) || !peer.canSend);
    section.show(track !== null && section.canTake(track) ? track : null);
  }
}

/** A section that goes on with its track stays; another track has SSRCs of its own. */
function send({ sections, viewer }: SubscribeConnection, agreement: MediaAgreement, state: RouterState): void {
  const known = sections.get(agreement.mid);
  if (known !== undefined && known.agreement.sent?.trackId === agreement.sent?.trackId) {
    known.update(agreement);
    return;
  }
  known?.close();
  const { sfu, random, mids, past } = state;
  const midIx = mids.ixOf(agreement.mid);
  const ended = (subscription: Subscription) => addSubscription(past, subscription);
  sections.set(agreement.mid, new ViewSection(agreement, viewer!, { sfu, random, midIx, ended }));
}
