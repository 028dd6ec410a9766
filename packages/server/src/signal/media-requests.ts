import { protocolError, type Refused } from '@madang/protocol';
import type { Seat } from './seat.js';

/** Requests about the connections that a member has with the media server. */
export const MEDIA_REQUEST_NAMES = ['publish', 'unpublish', 'subscribe', 'answer', 'unsubscribe'] as const;

/** Refuses them: members of this protocol are not served by it yet. */
export function answerMediaRequest(seat: Seat, _payload: unknown, answer: (reply: Refused) => void): void {
  const code = seat.member === null ? 'not_joined' : 'media_unavailable';
  answer({ ok: false, error: protocolError(code) });
}
