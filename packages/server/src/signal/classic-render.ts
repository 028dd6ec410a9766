import type { MemberEvent, MemberId } from '@madang/engine';
import type { ClassicEvents, EventBody } from '@madang/protocol';

/** What a classic page is told: one of the lesson's events with its payload. */
export type ClassicSaying = {
  [E in keyof ClassicEvents]: { readonly event: E; readonly payload: ClassicEvents[E] };
}[keyof ClassicEvents];

const PARTINGS: { readonly [R in EventBody<'member-left'>['reason']]: string } = {
  left: 'has left the room.',
  kicked: 'was removed from the room.',
  lost: 'has lost the connection.',
  closed: 'has left the room.',
};

/**
 * Says an event of the room in the words of the lesson; undefined when they have none for it. `names` are the names of
 * those who are in the room.
 */
export function renderForClassic(event: MemberEvent, names: ReadonlyMap<MemberId, string>): ClassicSaying | undefined {
  switch (event.type) {
    case 'chat':
      return { event: 'message', payload: { author: event.message.name, message: event.message.text } };
    case 'dialect-signal':
      return { event: 'signaling_message', payload: event.data as ClassicEvents['signaling_message'] };
    case 'member-joined':
      return announce(`${event.member.name} has joined the room.`);
    case 'member-left':
      return announce(`${names.get(event.member) ?? 'Someone'} ${PARTINGS[event.reason]}`);
    case 'ended':
      return announce(event.reason === 'kicked' ? 'You were removed from the room.' : 'The room was closed.');
    case 'draining':
      return announce('The server is about to stop.');
    default:
      return undefined;
  }
}

export function announce(message: string): ClassicSaying {
  return { event: 'announce', payload: { message } };
}
