import { add32 } from '../bytes/index.js';
import { ntpFraction, ntpSeconds, type SenderInfo } from '../rtp/index.js';

/** What was sent of one stream to one viewer, for its sender reports. */
export class SentRegister {
  #packets = 0;
  #octets = 0;

  /** `payloadBytes` without header and padding; retransmissions on an SSRC of their own are another stream's. */
  sent(payloadBytes: number): void {
    this.#packets = add32(this.#packets, 1);
    this.#octets = add32(this.#octets, payloadBytes);
  }

  /** From 0 to 2^32 - 1. */
  get packets(): number {
    return this.#packets >>> 0;
  }

  /** Whether there is anything to report on (RFC 3550 §6.4). */
  get isSender(): boolean {
    return this.#packets > 0;
  }

  /** Fills in a sender report that is sent at `now`, when the stream's timestamps, as the viewer has them, say `rtpTs`. */
  report(info: SenderInfo, ssrc: number, rtpTs: number, now: number): void {
    info.ssrc = ssrc;
    info.ntpSeconds = ntpSeconds(now);
    info.ntpFraction = ntpFraction(now);
    info.rtpTs = rtpTs;
    info.packets = this.#packets;
    info.octets = this.#octets;
  }
}
