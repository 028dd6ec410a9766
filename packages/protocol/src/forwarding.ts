import { z } from 'zod';

/**
 * Why a track is sent in the layer that it is sent in. `full`: there is no better one. `size`: none larger is of use where
 * it is shown. `wish`: of `maxLayer`. `bandwidth`: the viewer's line takes no more. `publisher`: its sender gives no more
 * at the moment. `cpu`: its sender's machine can do no more. `paused`: by the viewer's wish, or muted by its sender.
 */
export const ForwardReason = z.enum(['full', 'size', 'wish', 'bandwidth', 'publisher', 'cpu', 'paused']);
export type ForwardReason = z.infer<typeof ForwardReason>;

/** How a track is sent to a viewer from now on. */
export const Forwarding = z.object({
  track: z.string(),
  /** From 0; null while nothing of it is sent. */
  layer: z.number().int().min(0).nullable(),
  reason: ForwardReason,
});
export type Forwarding = z.infer<typeof Forwarding>;

/** Which encodings of a track anybody is to be sent, in the order of the publisher's description. */
export const WantedEncodings = z.object({ track: z.string(), encodings: z.array(z.boolean()) });
export type WantedEncodings = z.infer<typeof WantedEncodings>;

/** Why a connection with the media server is no more. `forbidden`: the member may not do this any more. */
export const MediaEnd = z.enum(['goodbye', 'unconnected', 'consent', 'fingerprint', 'dtls', 'thread', 'forbidden']);
export type MediaEnd = z.infer<typeof MediaEnd>;
