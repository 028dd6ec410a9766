import { ChatText, type CLASSIC_REQUESTS, MemberName, protocolError } from '@madang/protocol';
import type { z } from 'zod';
import type { ClassicPage } from './classic-page.js';
import type { Answer } from './page.js';

/** `send`: a line in the chat of the room, under the author's name that comes with it. */
export function answerSend(
  page: ClassicPage,
  { author, message, room }: z.output<typeof CLASSIC_REQUESTS.send>,
  answer: Answer,
): void {
  const membership = page.find(room, 'first');
  if (membership === undefined) return void answer({ ok: false, error: protocolError('not_joined') });
  const text = ChatText.safeParse(message);
  if (!text.success) {
    return void answer({ ok: false, error: protocolError('bad_request', { detail: 'message: printable text only' }) });
  }
  const read = MemberName.safeParse(author);
  const name = read.success ? read.data : undefined;
  if (name !== undefined) membership.callBy(name);
  const wallMs = page.page.surroundings.wallMs();
  membership.ask<'chat'>((member) => ({ type: 'chat', member, text: text.data, name, wallMs }), answer);
}
