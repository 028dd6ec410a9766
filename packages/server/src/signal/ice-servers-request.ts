import type { MemberId } from '@madang/engine';
import { protocolError, type Reply } from '@madang/protocol';
import type { Answer, Page } from './page.js';

/**
 * `ice-servers`: a fresh list for a call that goes on for long, or the first one of a page of the classic lesson. Only
 * for those who are in a room: it may hold credentials.
 */
export function answerIceServers(
  { surroundings, host }: Page,
  member: MemberId | null,
  answer: Answer<Reply<'ice-servers'> & { readonly ok: true }>,
): void {
  if (member === null) return void answer({ ok: false, error: protocolError('not_joined') });
  answer({ ok: true, ...surroundings.iceServersFor(member, host) });
}
