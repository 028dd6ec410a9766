import { randomBytes } from 'node:crypto';
import type { RemoteInfo } from 'node:dgram';
import { type DtlsIdentity, SRTP_TRAILER_BYTES, type SrtpPair } from '../src/index.js';
import { DtlsEndpoint } from './dtls-endpoint.js';
import { mirrorAnswer } from './mirror-answer.js';
import { withRoom } from './rtp-packet.js';
import { stunAnswer } from './stun-answer.js';

const MIRROR_SSRC = 0x0badcafe;

/**
 * A WebRTC peer of the least kind, for tests with foreign ones: ICE-lite, DTLS in either role, and all RTP sent back under
 * another SSRC. It asks for a keyframe when the first packet comes.
 */
export class MirrorPeer {
  readonly ufrag = randomBytes(4).toString('hex');
  readonly password = randomBytes(16).toString('hex');
  readonly ssrc = MIRROR_SSRC;
  rtpTaken = 0;
  rtcpTaken = 0;
  readonly identity: DtlsIdentity;
  readonly role: 'client' | 'server';
  readonly endpoint: DtlsEndpoint;
  #srtp: SrtpPair | null = null;

  private constructor(identity: DtlsIdentity, role: 'client' | 'server', endpoint: DtlsEndpoint) {
    this.identity = identity;
    this.role = role;
    this.endpoint = endpoint;
    endpoint.intercept = (datagram, from) => this.#take(datagram, from);
    if (role === 'server') endpoint.start();
  }

  static async open(identity: DtlsIdentity, role: 'client' | 'server'): Promise<MirrorPeer> {
    return new MirrorPeer(identity, role, await DtlsEndpoint.open(identity, { role }));
  }

  answer(offer: string): string {
    const { ufrag, password, role, ssrc } = this;
    return mirrorAnswer(offer, {
      ufrag,
      password,
      role,
      ssrc,
      fingerprint: this.identity.fingerprint,
      port: this.endpoint.port,
    });
  }

  /** Takes the fingerprint from the other's description. */
  trust(sdp: string): void {
    this.endpoint.trust(/^a=fingerprint:sha-256 (\S+)/m.exec(sdp)![1]!);
  }

  get failures() {
    return this.#srtp?.failures;
  }

  /** STUN is answered and media mirrored here; DTLS is left to the session. */
  #take(datagram: Buffer, from: RemoteInfo): boolean {
    const kind = datagram[0]!;
    if (kind < 4) {
      const answer = stunAnswer(datagram, from, this.password);
      if (answer !== null) this.endpoint.sendRaw(answer, from);
      if (this.role === 'client' && this.endpoint.state.type === 'new') this.endpoint.start(from.port, from.address);
      return true;
    }
    if (kind < 128) return false;
    this.#srtp ??= this.endpoint.session.takeSrtp();
    if (this.#srtp !== null) this.#mirror(this.#srtp, datagram, from);
    this.endpoint.wake();
    return true;
  }

  #mirror(srtp: SrtpPair, datagram: Buffer, from: RemoteInfo): void {
    const payloadType = datagram[1]!;
    if (payloadType >= 192 && payloadType <= 223) {
      if (srtp.unprotectRtcp(datagram) > 0) this.rtcpTaken += 1;
      return;
    }
    const source = datagram.readUInt32BE(8);
    const plainBytes = srtp.unprotectRtp(datagram);
    if (plainBytes === 0) return;
    this.rtpTaken += 1;
    if (this.rtpTaken === 1) this.endpoint.sendRaw(this.#askForKeyframe(srtp, source), from);
    const packet = withRoom(datagram.subarray(0, plainBytes), SRTP_TRAILER_BYTES);
    packet.writeUInt32BE(this.ssrc, 8);
    const length = srtp.protectRtp(packet, plainBytes);
    if (length > 0) this.endpoint.sendRaw(packet.subarray(0, length), from);
  }

  /** An empty receiver report and a picture loss indication (RFC 4585 §6.3.1). */
  #askForKeyframe(srtp: SrtpPair, source: number): Buffer {
    const report = Buffer.alloc(20);
    report.writeUInt32BE(0x80c90001, 0);
    report.writeUInt32BE(this.ssrc, 4);
    report.writeUInt32BE(0x81ce0002, 8);
    report.writeUInt32BE(this.ssrc, 12);
    report.writeUInt32BE(source, 16);
    const packet = withRoom(report, SRTP_TRAILER_BYTES);
    return packet.subarray(0, srtp.protectRtcp(packet, report.length));
  }
}
