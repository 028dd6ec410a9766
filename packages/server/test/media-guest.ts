import type { ConnectionId, MediaPort, MediaReply } from '@madang/engine';
import * as datachannel from 'node-datachannel';

const PAYLOAD_TYPE = 111;
const PATIENCE_MS = 20_000;
const SEND_EVERY_MS = 20;
const LEVELS = 'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level';
/** One extension of one byte (RFC 8285 §4.2) with the number of `LEVELS`: a voice at -30 dBov (RFC 6464 §3). */
const VOICE = Uint8Array.of(0xbe, 0xde, 0, 1, 0x10, 0x80 | 30, 0, 0);
const EXTENDED = 0x10;
let lastSsrc = 4_000;
let lastName = 0;

/** One remote endpoint as others build them: libdatachannel, on loopback, with one section of Opus. */
export class MediaGuest {
  readonly connection: ConnectionId = `guest ${++lastName}`;
  readonly received: Buffer[] = [];
  /** Of what it publishes. */
  trackId = '';
  readonly #port: MediaPort;
  readonly #peer: datachannel.PeerConnection;
  readonly #track: datachannel.Track;
  readonly #ssrc = ++lastSsrc;
  /** Between header and payload of what it sends. */
  #extensions = new Uint8Array(0);
  #seq16 = 65_530;
  #timer: NodeJS.Timeout | undefined;

  private constructor(port: MediaPort, direction: 'SendOnly' | 'RecvOnly') {
    this.#port = port;
    this.#peer = new datachannel.PeerConnection(this.connection, { iceServers: [], bindAddress: '127.0.0.1' });
    const audio = new datachannel.Audio('sound', direction);
    audio.addOpusCodec(PAYLOAD_TYPE);
    if (direction === 'SendOnly') audio.addSSRC(this.#ssrc, 'guest');
    this.#track = this.#peer.addTrack(audio);
    this.#track.onMessage((packet) => this.received.push(packet));
  }

  /** What somebody would offer who sends, or who only receives. */
  static async offer(direction: 'SendOnly' | 'RecvOnly'): Promise<string> {
    const guest = new MediaGuest({} as MediaPort, direction);
    const sdp = await guest.#offer();
    guest.#peer.close();
    return sdp;
  }

  /** `tellsLevel`: as one who speaks. */
  static async publish(
    port: MediaPort,
    room: string,
    member = 'ada',
    { tellsLevel = false } = {},
  ): Promise<MediaGuest> {
    const guest = new MediaGuest(port, 'SendOnly');
    const { connection } = guest;
    const plain = await guest.#offer();
    const offer = tellsLevel ? plain.replace(/^a=mid:/m, `${LEVELS}\r\n$&`) : plain;
    if (tellsLevel) guest.#extensions = VOICE;
    const reply = await port.command<'publish'>({ type: 'publish', connection, room, member, offer });
    if (reply.ok) guest.trackId = reply.tracks[0]!.id;
    await guest.#connect(reply);
    guest.#timer = setInterval(() => guest.#send(), SEND_EVERY_MS);
    return guest;
  }

  static async view(port: MediaPort, room: string, member = 'bo'): Promise<MediaGuest> {
    const guest = new MediaGuest(port, 'RecvOnly');
    const { connection } = guest;
    await guest.#connect(
      await port.command({ type: 'view', connection, room, member, wish: {}, offer: await guest.#offer() }),
    );
    return guest;
  }

  /** Somebody whose certificate is another one than it says: it will not get to sending. */
  static async impostor(port: MediaPort, room: string): Promise<MediaGuest> {
    const guest = new MediaGuest(port, 'SendOnly');
    const { connection } = guest;
    const offer = (await guest.#offer()).replaceAll(/^(a=fingerprint:sha-256 )(..):(..)/gm, '$1$3:$2');
    const reply = await port.command({ type: 'publish', connection, room, member: 'eve', offer });
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`);
    guest.#peer.setRemoteDescription(reply.answer, 'answer');
    return guest;
  }

  /** Payloads of Opus, in the order in which they came. */
  get sounds(): string[] {
    return this.received
      .filter((packet) => (packet[1]! & 127) === PAYLOAD_TYPE && packet.length > 12)
      .map((packet) => packet.subarray(packet.length - 8).toString('latin1'));
  }

  /** What this one's sounds begin with. */
  get voice(): string {
    return `${this.#ssrc}:`;
  }

  hangUp(): Promise<MediaReply<'hang-up'>> {
    return this.#port.command({ type: 'hang-up', connection: this.connection });
  }

  /** Resolves when the server has said good-bye. */
  async dismissed(): Promise<void> {
    await until(() => ['closed', 'disconnected', 'failed'].includes(this.#peer.state()));
  }

  /** Ends. */
  leave(): void {
    clearInterval(this.#timer);
    this.#peer.close();
  }

  async #offer(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#peer.onGatheringStateChange((state) => state === 'complete' && resolve());
      this.#peer.setLocalDescription('offer');
    });
    return this.#peer.localDescription()!.sdp;
  }

  async #connect(reply: MediaReply<'publish'> | MediaReply<'view'>): Promise<void> {
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`);
    this.#peer.setRemoteDescription(reply.answer, 'answer');
    await until(() => this.#peer.state() === 'connected' && this.#track.isOpen());
  }

  #send(): void {
    const payloadAt = 12 + this.#extensions.length;
    const packet = Buffer.alloc(payloadAt + 8);
    packet[0] = payloadAt > 12 ? 0x80 | EXTENDED : 0x80;
    packet.set(this.#extensions, 12);
    packet[1] = PAYLOAD_TYPE;
    packet.writeUInt16BE(this.#seq16 & 0xffff, 2);
    packet.writeUInt32BE((this.#seq16 * 960) >>> 0, 4);
    packet.writeUInt32BE(this.#ssrc, 8);
    packet.write(`${this.voice}${String(this.#seq16 % 1_000).padStart(3, '0')}`, payloadAt, 'latin1');
    this.#seq16++;
    if (this.#track.isOpen()) this.#track.sendMessageBinary(packet);
  }
}

export async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('it did not come about');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
