import type { Refused, Reply, Request } from '@madang/protocol';
import { hostName } from '../media/index.js';
import type { MediaAsker } from './media-desk.js';
import { refused } from './media-refusals.js';
import type { Seat } from './seat.js';

/** Requests about the connections that a member has with the media server. */
type MediaRequestName = 'publish' | 'unpublish' | 'subscribe' | 'answer' | 'unsubscribe';
type Handler<N extends MediaRequestName> = (
  seat: Seat,
  payload: Request<N>,
  answer: (reply: Reply<N> | Refused) => void,
) => void;

export const MEDIA_REQUESTS: { readonly [N in MediaRequestName]: Handler<N> } = {
  publish: (seat, payload, answer) =>
    allowed(seat, 'publish', answer, (asker) => seat.page.surroundings.desk.publish(asker, payload)),
  subscribe: (seat, payload, answer) =>
    allowed(seat, 'view', answer, (asker) => seat.page.surroundings.desk.subscribe(asker, payload)),
  answer: (seat, payload, answer) =>
    seat.attend((member) => seat.page.surroundings.desk.answer(member, payload), answer),
  unpublish: (seat, _payload, answer) => seat.attend((member) => seat.page.surroundings.desk.unpublish(member), answer),
  unsubscribe: (seat, _payload, answer) =>
    seat.attend((member) => seat.page.surroundings.desk.unsubscribe(member), answer),
};

/** Asks the room first. Refuses with `forbidden`, and with `room_peer_to_peer` where nothing goes through the server. */
function allowed<R extends { readonly ok: true }>(
  seat: Seat,
  action: 'publish' | 'view',
  answer: (reply: R | Refused) => void,
  ask: (asker: MediaAsker) => Promise<R | Refused>,
): void {
  const { surroundings, host } = seat.page;
  seat.attend<R>(async (member) => {
    const may = await surroundings.rooms.command<'may'>({ type: 'may', member, action });
    if (!may.ok) return may;
    if (may.mode === 'p2p') return refused('room_peer_to_peer');
    return ask({ member, room: may.room, reachedAs: hostName(host) });
  }, answer);
}
