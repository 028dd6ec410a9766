import type { SendLane } from './send-lane.js';

/** `control` for what is short, `bulk` for what is long, so that nothing short waits behind it. */
export const LANE_NAMES = ['control', 'bulk'] as const;
export type LaneName = (typeof LANE_NAMES)[number];

/** One frame is at most so long, header included, whatever the other side would take. */
export const MOST_FRAME_BYTES = 65_536;

/** No more is handed on while so much waits, and more again below `lowBytes`. */
export const LANE_BOUNDS = {
  control: { highBytes: 262_144, lowBytes: 65_536 },
  bulk: { highBytes: 1_048_576, lowBytes: 524_288 },
} as const;

/** One way that frames go to a member: by channels of one's own between the two, or through the media server. */
export interface DataWay {
  readonly isOpen: boolean;
  /** By this way one may only hear: answers go out, messages and files do not. */
  readonly hearsOnly: boolean;
  /** The same of the other side. */
  readonly isOnlyHeardBy: boolean;
  lane(name: LaneName): SendLane | undefined;
  close(): void;
}

/** What comes by a way. */
export interface DataWayEvents {
  onText(text: string): void;
  /** They may be a view into more, and stay as they are. */
  onBytes(bytes: Uint8Array<ArrayBuffer>): void;
  /** It broke or was closed by the other side. Not called for one's own `close`. */
  onEnd(reason: string): void;
}

/** What comes by a way through the media server. */
export interface PairWayEvents extends DataWayEvents {
  /** It can't carry what is to be said, now or later. */
  onBroken(reason: string): void;
}
