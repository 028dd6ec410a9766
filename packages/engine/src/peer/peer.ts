import type { Deadline } from '../bytes/index.js';
import type { LiteAgent } from '../ice/index.js';
import type { Negotiation, PendingOffer } from '../sdp/index.js';
import type { ReportSchedule } from '../stream/index.js';
import type { DataLink } from './data-links.js';
import { InboundMedia, type RtpOutcome } from './inbound-media.js';
import { Sending } from './sending.js';

/** `waiting`: for its first signed check, or its answer; `securing`: until its certificate has proved to be the right one. */
export type PeerState = 'waiting' | 'securing' | 'connected' | 'closed';

export interface PeerBeginnings {
  readonly id: number;
  readonly agent: LiteAgent;
  readonly ssrc: number;
  readonly cname: string;
  readonly schedule: ReportSchedule;
  readonly connectBy: number;
}

/**
 * One remote endpoint: what was agreed with it, where it is, what it sends and what it is sent. `Peers` alone changes it;
 * whoever sends to it reads `planeIx`, which rows name, and `canSend`.
 */
export class Peer {
  readonly id: number;
  readonly agent: LiteAgent;
  /** By which its reports go, and how it is called in them. */
  readonly ssrc: number;
  readonly cname: string;
  readonly schedule: ReportSchedule;
  readonly connectBy: number;
  readonly inbound = new InboundMedia();
  readonly sending = new Sending();
  state: PeerState = 'waiting';
  /** Index in the tables; -1 as long as the other side's description has not come. */
  planeIx = -1;
  /** Where the plane sends what is for it; -1 before its first signed check. */
  portIx = -1;
  addressIx = -1;
  /** As it goes into `use_srtp`; 0 before it is connected. */
  srtpProfile = 0;
  /** As the last pair of descriptions left it. */
  negotiation: Negotiation | null = null;
  /** Its data channels, once a description has them. */
  data: DataLink | null = null;
  /** An offer of ours that has no answer yet. */
  pending: PendingOffer | null = null;
  reducedSize = false;
  /** What it may send in all, in bits a second; null for no limit. Told to it with the next report. */
  mostBps: number | null = null;
  /** How often it has moved, and datagrams of it that were dropped. */
  moves = 0;
  readonly drops: Record<Exclude<RtpOutcome, 'media'>, number> = {
    malformed: 0,
    unknown_source: 0,
    repeated: 0,
    probe: 0,
  };
  deadline: Deadline<Peer> | null = null;
  /** In the list of those who sent something in the current batch. */
  isTouched = false;

  constructor({ id, agent, ssrc, cname, schedule, connectBy }: PeerBeginnings) {
    this.id = id;
    this.agent = agent;
    this.ssrc = ssrc;
    this.cname = cname;
    this.schedule = schedule;
    this.connectBy = connectBy;
  }

  /** Whether rows for it are sent: there is a path and there are keys. */
  get canSend(): boolean {
    return this.state === 'connected';
  }

  /** When there is something to do for it. */
  nextAtMs(): number {
    if (this.state !== 'connected') return this.connectBy;
    const mediaMs = Math.min(this.schedule.nextAtMs, this.inbound.nextAtMs());
    return this.data === null ? mediaMs : Math.min(mediaMs, this.data.isBegun ? this.data.channels.nextAt() : 0);
  }
}
