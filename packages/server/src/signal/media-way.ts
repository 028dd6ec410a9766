import type { ConnectionId, MemberId } from '@madang/engine';

export type WayKind = 'publish' | 'subscribe';

/** One of the two connections that a member has with the media server. */
export interface MediaWay {
  readonly kind: WayKind;
  readonly member: MemberId;
  readonly connection: ConnectionId;
  readonly generation: number;
  /** Of the last offer of ours. */
  revision: number;
  /** It has been opened, nobody hung up yet, and it is not known to have ended. */
  isOpen: boolean;
}
