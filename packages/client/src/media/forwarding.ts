import type { ForwardReason, Priority } from '@madang/protocol';

/** What matters more than something else when a line does not carry everything. */
export type TrackPriority = Priority;

/**
 * Why the media server sends just this quality. `full`: the best there is. `size`: more would not be seen. `wish`: so
 * asked for. `bandwidth`: the line here is too thin. `publisher`: no better one comes from the member. `cpu`: the member's
 * machine makes no better one. `paused`: nobody looks, it was asked not to come, or the member has muted it.
 */
export type ForwardingReason = ForwardReason;

/** The quality in which the media server sends a track, and why not in a better one. */
export interface Forwarding {
  /** From 0, the lowest quality; null while nothing is sent. */
  readonly layer: number | null;
  readonly reason: ForwardingReason;
}
