import { z } from 'zod';

const Pixels = z.number().int().min(1).max(16_384);

/** How much a track matters to its viewer where the line is too thin for all. */
export const Priority = z.enum(['low', 'normal', 'high']);
export type Priority = z.infer<typeof Priority>;

/** A track that a member wants to be sent, and what it is for. */
export const Want = z.strictObject({
  /** The `id` of one of `Member.tracks`. */
  track: z.string().min(1).max(64),
  /** Keeps the section, and sends nothing for now. */
  paused: z.boolean().optional(),
  /** Pixels of the place where it is shown; absent for no limit. */
  maxWidth: Pixels.optional(),
  maxHeight: Pixels.optional(),
  /** Encodings of a simulcast by quality, or spatial layers of a scalable stream, from 0. */
  maxLayer: z.number().int().min(0).max(7).optional(),
  /** `normal` where it is absent. */
  priority: Priority.optional(),
});
export type Want = z.infer<typeof Want>;
