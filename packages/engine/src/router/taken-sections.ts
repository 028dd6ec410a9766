import type { ViewWish } from '../ports/index.js';
import type { Change, MediaAgreement } from '../sdp/index.js';
import type { LayerWish } from '../sfu/index.js';
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

/** What a viewer sees from now on. */
export function applyWish(connection: ViewConnection, wish: ViewWish): void {
  connection.wish = wish;
  const layers = layerWish(wish);
  for (const section of connection.sections.values()) section.want(layers, wish.paused ?? false);
  connection.room.assignTo(connection);
}

function send({ sections, viewer }: ViewConnection, agreement: MediaAgreement, state: RouterState): void {
  const known = sections.get(agreement.mid);
  if (known !== undefined) known.update(agreement);
  else {
    const { sfu, random, mids } = state;
    sections.set(agreement.mid, new ViewSection(agreement, viewer, { sfu, random, midIx: mids.ixOf(agreement.mid) }));
  }
}

function layerWish({ maxLayer, maxTemporal, maxWidth, maxHeight }: ViewWish): LayerWish {
  return {
    ...(maxLayer === undefined ? {} : { maxLayer }),
    ...(maxTemporal === undefined ? {} : { maxTemporal }),
    ...(maxWidth === undefined ? {} : { maxWidth }),
    ...(maxHeight === undefined ? {} : { maxHeight }),
  };
}
