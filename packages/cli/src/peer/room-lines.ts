import type { EndReason, LeaveReason } from '@madang/client';

/** What happened in a room, as a text member tells it. */
export type Happening =
  | { readonly type: 'joined'; readonly room: string; readonly self: string; readonly members: readonly string[] }
  | { readonly type: 'member-joined'; readonly id: string; readonly name: string }
  | { readonly type: 'member-left'; readonly id: string; readonly name: string; readonly reason: LeaveReason }
  | { readonly type: 'chat'; readonly id: number; readonly from: string; readonly name: string; readonly text: string }
  | { readonly type: 'state'; readonly state: string }
  | { readonly type: 'draining'; readonly withinMs: number }
  | { readonly type: 'ended'; readonly reason: EndReason; readonly note: string | undefined };

const LEAVE_TEXT: Readonly<Record<LeaveReason, string>> = {
  left: 'left',
  kicked: 'was removed',
  lost: 'was lost',
  closed: 'left: the room was closed',
};

/** One line for a person, with nothing in it that could steer the terminal. */
export function lineOf(happening: Happening): string {
  return textOf(happening).replace(/\p{Cc}/gu, ' ');
}

function textOf(happening: Happening): string {
  switch (happening.type) {
    case 'joined':
      return `* in ${happening.room} with ${happening.members.join(', ') || 'nobody'}`;
    case 'member-joined':
      return `* ${happening.name} joined`;
    case 'member-left':
      return `* ${happening.name} ${LEAVE_TEXT[happening.reason]}`;
    case 'chat':
      return `${happening.name}: ${happening.text}`;
    case 'state':
      return `* ${happening.state}`;
    case 'draining':
      return `* the server stops within ${Math.ceil(happening.withinMs / 1_000)} s`;
    case 'ended':
      return `* ended: ${happening.reason}${happening.note ? ` (${happening.note})` : ''}`;
  }
}
