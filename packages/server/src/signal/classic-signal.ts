import { type CLASSIC_REQUESTS, protocolError } from '@madang/protocol';
import type { z } from 'zod';
import type { ClassicPage } from './classic-page.js';
import type { Answer } from './page.js';

/** Pages send a description or a candidate, as an object or as text of one: a few levels. */
const MOST_LEVELS = 16;

/** `signal`: to the other classic pages of the room, unread. */
export function answerSignal(
  page: ClassicPage,
  { type, message, room }: z.output<typeof CLASSIC_REQUESTS.signal>,
  answer: Answer,
): void {
  const membership = page.find(room, 'last');
  if (membership === undefined) return void answer({ ok: false, error: protocolError('not_joined') });
  if (!isShallow(message, MOST_LEVELS)) {
    return void answer({ ok: false, error: protocolError('bad_request', { detail: 'message: nested too deeply' }) });
  }
  membership.ask<'dialect-signal'>((member) => ({ type: 'dialect-signal', member, data: { type, message } }), answer);
}

/** Whatever encodes a value calls itself for each level of it: without a bound 64 KiB of brackets exhaust the stack. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((item) => isShallow(item, levels - 1));
}
