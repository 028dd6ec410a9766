import { FlowWatch, InboundStream, KeyframeRequests, RateMeter, type SenderClock } from '../stream/index.js';
import type { InboundCodec } from './inbound-codec.js';
import type { InboundTrack } from './inbound-track.js';

/** Longer than any pause between packets of sound or picture that is not one of the sender's. */
const STALL_MS = 2_000;

/** One quality of a track that a peer publishes: what comes on one SSRC, repaired by another. */
export class InboundLayer {
  readonly track: InboundTrack;
  /** Null where the track has one layer, or its layers are told by SSRC. */
  readonly rid: string | null;
  /** Signed, bit for bit as in the tables; null until a packet or the description tells. */
  ssrc: number | null = null;
  rtxSsrc: number | null = null;
  /** How often another SSRC took over: sequence numbers, timestamps and pictures begin anew with each. */
  epoch = 0;
  /** Null until the first packet of this SSRC. */
  stream: InboundStream | null = null;
  /**
   * By which keyframes are asked for at a bearable pace. Whoever forwards the layer, and reads its payloads, puts his own
   * here, and tells it what arrived.
   */
  keyframes = new KeyframeRequests();
  readonly rate = new RateMeter();
  readonly flow = new FlowWatch(STALL_MS);
  packets = 0;
  bytes = 0;
  keyframeRequestCount = 0;
  nackCount = 0;
  firSeq8 = 0;
  /** A packet that has been asked for once, and when: its coming tells how long the way is. */
  askedSeq16 = -1;
  askedMs = 0;
  /** Of the SSRCs that it had. */
  #before = { lost: 0, recovered: 0, givenUp: 0 };

  constructor(track: InboundTrack, rid: string | null) {
    this.track = track;
    this.rid = rid;
  }

  /** Packets that did not come on their way, since it began; see `InboundStream.lost`. */
  get lost(): number {
    return this.#before.lost + (this.stream?.lost ?? 0);
  }

  /** Those that came when they were asked for again. */
  get recovered(): number {
    return this.#before.recovered + (this.stream?.nacks?.recovered ?? 0);
  }

  /** Those that nobody waits for any more. */
  get givenUp(): number {
    return this.#before.givenUp + (this.stream?.nacks?.givenUp ?? 0);
  }

  /** Takes an SSRC, in the place of the one it had. */
  use(ssrc: number): void {
    if (this.ssrc === ssrc) return;
    if (this.stream !== null) {
      this.epoch++;
      const { lost, recovered, givenUp } = this;
      this.#before = { lost, recovered, givenUp };
    }
    this.ssrc = ssrc;
    this.stream = null;
    this.askedSeq16 = -1;
  }

  /** The stream of the SSRC in use, from its first packet on. */
  streamFor(codec: InboundCodec, senderClock: SenderClock): InboundStream {
    const { nack: asksAgain, clockHz } = codec;
    this.stream ??= new InboundStream({ ssrc: this.ssrc! >>> 0, clockHz, asksAgain, senderClock });
    return this.stream;
  }
}
