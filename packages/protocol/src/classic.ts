import { z } from 'zod';
import { LIMITS } from './limits.js';
import { RoomName } from './room.js';

/**
 * The events of the classic socket.io lesson, for pages that were written against it. They carry no acknowledgement
 * and no errors. A name is a string or a number, as the lesson's pages write them.
 */
const LessonRoom = z.union([z.string(), z.number()]).transform(String).pipe(RoomName);
const LessonText = z.union([z.string().max(LIMITS.chatChars), z.number(), z.boolean()]).transform(String);

export const CLASSIC_REQUESTS = {
  /** Joins one room, or the chat and the signaling room of the later steps of the lesson. */
  ready: z.union([
    LessonRoom.transform((room) => [room]),
    z
      .object({
        room: LessonRoom.optional(),
        chat_room: LessonRoom.optional(),
        signal_room: LessonRoom.optional(),
        signaling_room: LessonRoom.optional(),
      })
      .transform((names) => [
        ...new Set(
          [names.room, names.chat_room, names.signal_room, names.signaling_room].filter((name) => name !== undefined),
        ),
      ])
      .refine((rooms) => rooms.length > 0, 'a room name'),
  ]),
  send: z.object({ author: LessonText.optional(), message: LessonText, room: LessonRoom.optional() }),
  signal: z.object({ type: LessonText, message: z.unknown(), room: LessonRoom.optional() }),
} as const;

export type ClassicRequestName = keyof typeof CLASSIC_REQUESTS;
export const CLASSIC_REQUEST_NAMES = Object.keys(CLASSIC_REQUESTS) as ClassicRequestName[];

/** What such a page hears. */
export interface ClassicEvents {
  announce: { readonly message: string };
  message: { readonly author: string; readonly message: string };
  signaling_message: { readonly type: string; readonly message: unknown };
}
