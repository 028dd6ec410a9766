import type { CommandOf, CommandType, MemberId } from '@madang/engine';
import type { Reply, Request, RequestName } from '@madang/protocol';
import type { Seat } from './seat.js';

/** Requests that a room answers by itself: nothing to add but who asks, and when. */
type RoomRequestName = Extract<
  Exclude<RequestName, 'join' | 'resume' | 'leave' | 'ice-servers' | 'publish' | 'unpublish'>,
  CommandType
>;

type ToCommand<N extends RoomRequestName> = (member: MemberId, payload: Request<N>, wallMs: number) => CommandOf<N>;

const COMMANDS: { readonly [N in RoomRequestName]: ToCommand<N> } = {
  members: (member, payload) => ({ type: 'members', member, ...payload }),
  rename: (member, payload) => ({ type: 'rename', member, ...payload }),
  metadata: (member, payload) => ({ type: 'metadata', member, ...payload }),
  'room-metadata': (member, payload) => ({ type: 'room-metadata', member, ...payload }),
  media: (member, { n, media }) => ({ type: 'media', member, n, media: withoutGaps(media) }),
  hand: (member, { n, raised, member: target }, wallMs) => ({ type: 'hand', member, n, raised, target, wallMs }),
  react: (member, payload) => ({ type: 'react', member, ...payload }),
  chat: (member, payload, wallMs) => ({ type: 'chat', member, ...payload, wallMs }),
  'peer-signal': (member, { n, to, signal }) => ({ type: 'peer-signal', member, n, to, signal }),
  report: (member, payload) => ({ type: 'report', member, ...payload }),
  kick: (member, { n, member: target, reason }) => ({ type: 'kick', member, n, target, reason }),
  mute: (member, { n, member: target, source }) => ({ type: 'mute', member, n, target, source }),
  role: (member, { n, member: target, role }) => ({ type: 'role', member, n, target, role }),
  close: (member, payload) => ({ type: 'close', member, ...payload }),
};

export const ROOM_REQUEST_NAMES = Object.keys(COMMANDS) as RoomRequestName[];

/** The handler of a request that only has to be handed to the room. */
export function roomRequest<N extends RoomRequestName>(
  name: N,
): (seat: Seat, payload: Request<N>, answer: (reply: Reply<N>) => void) => void {
  const toCommand: ToCommand<N> = COMMANDS[name];
  return (seat, payload, answer) =>
    seat.ask<N>(
      (member) => toCommand(member, payload, seat.page.surroundings.wallMs()),
      answer as Parameters<typeof seat.ask<N>>[1],
    );
}

/** An absent source stays as it is; one that is present and undefined would not. */
function withoutGaps<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
