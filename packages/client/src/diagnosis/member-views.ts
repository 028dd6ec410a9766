import { SERVER_SUBSCRIBE } from '../record/index.js';
import type { FactIndex } from './fact-index.js';
import { PeerView } from './peer-view.js';

/** What comes from the media server, member by member; nothing while there is no connection for it. */
export function memberViews(index: FactIndex): readonly PeerView[] {
  const facts = index.peers.get(SERVER_SUBSCRIBE)?.present;
  if (facts === undefined || facts.last('connection-closed') !== undefined) return [];
  return membersThere(index).map((id) => new PeerView(index, SERVER_SUBSCRIBE, facts, index.nowMs, id));
}

/** The others in the room, by the last word about each. */
export function membersThere({ own }: FactIndex): readonly string[] {
  const self = own.last('self')?.id;
  const ids = new Set(own.all('member').map(({ id }) => id));
  return [...ids].filter((id) => {
    const left = own.last('member-left', (fact) => fact.id === id)?.atMs ?? Number.NEGATIVE_INFINITY;
    return id !== self && left < (own.last('member', (fact) => fact.id === id)?.atMs ?? 0);
  });
}
