import type { ViewWish } from '../ports/index.js';
import type { Change, MediaAgreement } from '../sdp/index.js';
import type { Subscription } from '../sfu/index.js';
import { addSubscription } from './media-sums.js';
import type { RouterState } from './router-state.js';
import type { ViewConnection } from './view-connection.js';
import { ViewSection } from './view-section.js';

/** Makes the places that a description says that a viewer has from now on, takes away others, and fills them. */
export function takeSections(connection: ViewConnection, changes: readonly Change[], state: RouterState): void {
  const { sections, wish } = connection;
  for (const change of changes) {
    if (change.type === 'stop-sending') {
      sections.get(change.mid)?.close();
      sections.delete(change.mid);
    } else if (change.type === 'send') send(connection, change.section, state);
  }
  applyWish(connection, wish);
}

/** What a viewer sees from now on. Before it is connected nothing: the keyframe that it begins with would be lost. */
export function applyWish(connection: ViewConnection, wish: ViewWish): void {
  connection.wish = wish;
  const isPaused = (wish.paused ?? false) || !connection.peer.canSend;
  for (const section of connection.sections.values()) section.want(wish, isPaused);
  connection.room.assignTo(connection);
}

function send({ sections, viewer }: ViewConnection, agreement: MediaAgreement, state: RouterState): void {
  const known = sections.get(agreement.mid);
  if (known !== undefined) known.update(agreement);
  else {
    const { sfu, random, mids, past } = state;
    const midIx = mids.ixOf(agreement.mid);
    const ended = (subscription: Subscription) => addSubscription(past, subscription);
    sections.set(agreement.mid, new ViewSection(agreement, viewer, { sfu, random, midIx, ended }));
  }
}
