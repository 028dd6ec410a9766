import { z } from 'zod';
import { LIMITS } from './limits.js';
import { MemberId } from './room.js';

/**
 * How it stands with one of a member's own sources. `failed`: the device could not be had; `system-muted`: the operating
 * system or a switch on the device holds it back; `silent`: a microphone that gives nothing but silence; `frozen`: a
 * camera or screen that gives no new pictures.
 */
export const CaptureState = z.enum(['off', 'failed', 'muted', 'system-muted', 'silent', 'frozen', 'live']);
export type CaptureState = z.infer<typeof CaptureState>;

/** How far a source of a member's own gets towards another member. `stalled`: connected, and no packet leaves. */
export const SendState = z.enum(['off', 'unconnected', 'stalled', 'sending']);
export type SendState = z.infer<typeof SendState>;

/**
 * How far a source of another member gets here. `received`: packets come, nothing can be made of them; `decoded`: there
 * is sound or picture, and nobody hears or sees it (playing is blocked, paused or turned down); `played`: it is heard or
 * seen.
 */
export const ReceiveState = z.enum(['off', 'unconnected', 'nothing', 'received', 'decoded', 'played']);
export type ReceiveState = z.infer<typeof ReceiveState>;

const bySource = <S extends z.ZodType>(state: S) => z.strictObject({ microphone: state, camera: state, screen: state });

/** What a member says of its own sending and receiving, so that everyone can see who hears whom. */
export const Report = z.strictObject({
  own: bySource(CaptureState),
  /** A row for each other member that this one exchanges media with. */
  peers: z
    .array(
      z.strictObject({
        member: MemberId,
        sends: bySource(SendState),
        receives: bySource(ReceiveState),
        /** There because this member's browser does not take what that one offers or answers. */
        refuses: z.literal(true).optional(),
      }),
    )
    .max(LIMITS.reportPeers)
    .readonly(),
});
export type Report = z.infer<typeof Report>;
