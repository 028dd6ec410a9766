import type {
  ChatMessage,
  Joined,
  LeaveReason,
  Member as MemberData,
  RoomEvent,
  Room as RoomInfo,
} from '@madang/protocol';

/** As many messages as the server remembers for those who join. */
const CHAT_KEPT = 1_000;

/** The room as one member sees it: plain data, replaced and never changed. */
export interface RoomView {
  readonly info: RoomInfo;
  readonly selfId: string;
  /** Oldest first. */
  readonly members: readonly MemberData[];
  readonly chat: readonly ChatMessage[];
  readonly draining: boolean;
}

export function viewOfJoin(joined: Joined): RoomView {
  const { room, self, members, chat } = joined;
  return { info: room, selfId: self, members, chat, draining: false };
}

/** The room after `event`. Events that are no part of the state, or speak of unknown members, leave it as it is. */
export function reduceRoom(view: RoomView, event: RoomEvent): RoomView {
  switch (event.type) {
    case 'member-joined':
      return { ...view, members: [...without(view, event.member.id), event.member] };
    case 'member-left':
      return { ...view, members: without(view, event.member) };
    case 'member-changed':
      return { ...view, members: view.members.map((old) => (old.id === event.member.id ? event.member : old)) };
    case 'room-changed':
      return { ...view, info: event.room };
    case 'chat':
      return { ...view, chat: [...view.chat, event.message].slice(-CHAT_KEPT) };
    case 'draining':
      return { ...view, draining: true };
    default:
      return view;
  }
}

function without(view: RoomView, id: string): MemberData[] {
  return view.members.filter((member) => member.id !== id);
}

/** What became of the members between two views, in the order to tell it: who left, who changed, who came. */
export interface MemberChanges {
  readonly left: readonly MemberData[];
  readonly changed: readonly MemberData[];
  readonly joined: readonly MemberData[];
}

export function memberChanges(before: readonly MemberData[], after: readonly MemberData[]): MemberChanges {
  const old = new Map(before.map((member) => [member.id, member]));
  const now = new Set(after.map((member) => member.id));
  return {
    left: before.filter((member) => !now.has(member.id)),
    changed: after.filter((member) => old.has(member.id) && old.get(member.id) !== member),
    joined: after.filter((member) => !old.has(member.id)),
  };
}

/** Why `member` is gone, if `event` is what took it away. */
export function leaveReason(event: RoomEvent | undefined, member: string): LeaveReason {
  return event?.type === 'member-left' && event.member === member ? event.reason : 'lost';
}
