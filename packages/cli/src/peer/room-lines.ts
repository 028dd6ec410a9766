import type { EndReason, LeaveReason } from '@madang/client';
import type { Messages } from '@madang/server';

/** What happened in a room, as a text member tells it. */
export type Happening =
  | { readonly type: 'joined'; readonly room: string; readonly self: string; readonly members: readonly string[] }
  | { readonly type: 'member-joined'; readonly id: string; readonly name: string }
  | { readonly type: 'member-left'; readonly id: string; readonly name: string; readonly reason: LeaveReason }
  | { readonly type: 'chat'; readonly id: number; readonly from: string; readonly name: string; readonly text: string }
  | { readonly type: 'state'; readonly state: 'connected' | 'reconnecting' }
  | { readonly type: 'draining'; readonly withinMs: number }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly note: string | undefined };

/** One line for a person, with nothing in it that could steer the terminal. */
export function lineOf(happening: Happening, { command: { join } }: Messages): string {
  return textOf(happening, join).replace(/\p{Cc}/gu, ' ');
}

function textOf(happening: Happening, words: Messages['command']['join']): string {
  switch (happening.type) {
    case 'joined':
      return words.joined(happening.room, happening.members.join(', ') || words.nobody);
    case 'member-joined':
      return words.memberJoined(happening.name);
    case 'member-left':
      return words.memberLeft[happening.reason](happening.name);
    case 'chat':
      return `${happening.name}: ${happening.text}`;
    case 'state':
      return words.states[happening.state];
    case 'draining':
      return words.draining(Math.ceil(happening.withinMs / 1_000));
    case 'ended': {
      const reason = words.endReasons[happening.reason];
      return happening.note ? words.endedNote(reason, happening.note) : words.ended(reason);
    }
  }
}
