import type { RequestInput } from '@madang/protocol';
import { PROTOCOL_VERSION } from '../protocol-version.js';

export type EntryGoal = 'join' | 'resume' | 'rejoin';
export type JoinPayload = Omit<RequestInput<'join'>, 'protocol'>;

/** What to ask of the server to become a member, or to be the one again whom `token` stands for. */
export function entryRequest(
  goal: EntryGoal,
  token: string,
  lastSeq: number,
  joinPayload: (() => JoinPayload) | undefined,
): { readonly name: 'join' | 'resume'; readonly payload: object } {
  const protocol = PROTOCOL_VERSION;
  if (goal === 'resume') return { name: 'resume', payload: { protocol, token, seq: lastSeq } };
  // A membership that can't be resumed may still hold its place in the room.
  const replaces = goal === 'rejoin' ? { replaces: token } : {};
  return { name: 'join', payload: { protocol, ...replaces, ...joinPayload?.() } };
}
