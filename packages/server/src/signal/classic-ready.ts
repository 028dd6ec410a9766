import { type CLASSIC_REQUESTS, protocolError, type Refused } from '@madang/protocol';
import type { z } from 'zod';
import type { ClassicPage } from './classic-page.js';
import { announce } from './classic-render.js';
import type { Answer } from './page.js';

/**
 * `ready`: joins the rooms named; a room that the page is in already counts as joined. The lesson knows no refusal, so
 * the page is told by an `announce` of its own.
 */
export function answerReady(page: ClassicPage, rooms: z.output<typeof CLASSIC_REQUESTS.ready>, answer: Answer): void {
  const resume = page.page.pause();
  let waiting = rooms.length;
  let refused: Refused | undefined;
  const settle = (refusal?: Refused) => {
    if (refusal !== undefined) announceRefusal(page, refusal);
    refused ??= refusal;
    waiting -= 1;
    if (waiting > 0) return;
    answer(refused ?? { ok: true });
    resume();
  };
  for (const room of rooms) enter(page, room, settle);
}

function enter(page: ClassicPage, room: string, settle: (refusal?: Refused) => void): void {
  if (page.has(room)) return void settle();
  const membership = page.add(room);
  if (membership === undefined) {
    return void settle({
      ok: false,
      error: protocolError('already_joined', { detail: 'a page may be in four rooms' }),
    });
  }
  membership.join((reply) => {
    if (reply.ok) return void settle();
    page.drop(membership);
    settle(reply);
  });
}

/** Tells a page, in the only words it knows, why it is in no room. */
export function announceRefusal(page: ClassicPage, { error }: Refused): void {
  const reason = error.detail === undefined ? error.message : `${error.message} (${error.detail})`;
  const { event, payload } = announce(`You could not join: ${reason}`);
  page.page.emit(event, payload);
}
