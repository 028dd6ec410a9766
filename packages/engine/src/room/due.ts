import type { Member } from './member.js';
import type { Room } from './room.js';

/** What a deadline of the rooms is about. */
export type Due =
  | { readonly kind: 'member-lost'; readonly member: Member }
  | { readonly kind: 'replay-stale'; readonly member: Member }
  | { readonly kind: 'alone'; readonly room: Room }
  | { readonly kind: 'chat-forgotten'; readonly room: string }
  | { readonly kind: 'token-forgotten'; readonly token: string };
