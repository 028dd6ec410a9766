import type { MemberId } from '@madang/engine';
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
    seat.attend(async (member) => {
      const { desk } = seat.page.surroundings;
      const speaks = await allowed(seat, member, 'publish', (asker) => desk.publish(asker, 'say', payload));
      if (speaks.ok || speaks.error.code !== 'forbidden') return speaks;
      return await allowed(seat, member, 'view', (asker) => desk.publish(asker, 'hear', payload));
    }, answer),
  subscribe: (seat, payload, answer) =>
    seat.attend(
      (member) => allowed(seat, member, 'view', (asker) => seat.page.surroundings.desk.subscribe(asker, payload)),
      answer,
    ),
  answer: (seat, payload, answer) =>
    seat.attend((member) => seat.page.surroundings.desk.answer(member, payload), answer),
  unpublish: (seat, _payload, answer) => seat.attend((member) => seat.page.surroundings.desk.unpublish(member), answer),
  unsubscribe: (seat, _payload, answer) =>
    seat.attend((member) => seat.page.surroundings.desk.unsubscribe(member), answer),
};

/** Asks the room first. Refuses with `forbidden`, and with `room_peer_to_peer` where nothing goes through the server. */
async function allowed<R extends { readonly ok: true }>(
  { page: { surroundings, host } }: Seat,
  member: MemberId,
  action: 'publish' | 'view',
  ask: (asker: MediaAsker) => Promise<R | Refused>,
): Promise<R | Refused> {
  const may = await surroundings.rooms.command<'may'>({ type: 'may', member, action });
  if (!may.ok) return may;
  if (may.mode === 'p2p') return refused('room_peer_to_peer');
  return ask({ member, room: may.room, reachedAs: hostName(host) });
}
