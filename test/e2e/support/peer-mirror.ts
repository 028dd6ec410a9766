import { hostCandidates } from '../../../packages/engine/src/ice/index.js';
import {
  FORM,
  RX,
  RX_COLUMNS,
  type RxTable,
  TX,
  TX_COLUMNS,
  type TxTable,
} from '../../../packages/engine/src/index.js';
import {
  type InboundLayer,
  type Peer,
  type PeerEvent,
  type PeerStats,
  Peers,
  peerStats,
  type SentStream,
} from '../../../packages/engine/src/peer/index.js';
import { PayloadMarks, readMarks, type SenderInfo } from '../../../packages/engine/src/rtp/index.js';
import {
  CODECS,
  readDescription,
  type SentTrack,
  type SessionDescription,
  writeDescription,
} from '../../../packages/engine/src/sdp/index.js';
import { SentRegister } from '../../../packages/engine/src/stream/index.js';
import { type MediaPlane, openMediaPlane, type TcpPorts } from '../../../packages/native/src/index.js';
import { cryptoHmac } from '../../../packages/server/src/media/crypto-hashes.js';
import { cryptoRandom } from '../../../packages/server/src/media/crypto-random.js';
import { PlaneAddresses } from '../../../packages/server/src/media/plane-addresses.js';
import { ownAddresses } from './own-addresses.js';

const ADDRESSES = 1_024;
const CAPABILITIES = { take: 'one', codecs: CODECS, receives: true, dataChannels: true, maxBitrateBps: null } as const;

/** What a mirror sends back of one kind. */
class Reflection implements SentStream {
  readonly ssrc: number;
  readonly cname = 'mirror';
  readonly sent = new SentRegister();
  layer: InboundLayer | null = null;
  nacks = 0;
  blocks = 0;
  readonly #wantsKeyframe: () => void;

  constructor(ssrc: number, wantsKeyframe: () => void) {
    this.ssrc = ssrc;
    this.#wantsKeyframe = wantsKeyframe;
  }

  report(info: SenderInfo, now: number): boolean {
    const rtpTs = this.layer?.stream?.clock.rtpTsAt(now) ?? -1;
    if (!this.sent.isSender || rtpTs < 0) return false;
    this.sent.report(info, this.ssrc, rtpTs, now);
    return true;
  }

  asked(): void {
    this.nacks++;
  }

  wantsKeyframe(): void {
    this.#wantsKeyframe();
  }

  reported(): void {
    this.blocks++;
  }
}

/** Peers on a real media plane on loopback, each of whom is sent back what it sends, under other SSRCs. */
export class PeerMirror {
  readonly plane: MediaPlane & TcpPorts;
  readonly peers: Peers;
  /** Of which transport the candidates are that answers have from now on. */
  over: 'udp' | 'tcp' = 'udp';
  readonly events: PeerEvent[] = [];
  readonly sound = new Reflection(0x0badbeef, () => {});
  readonly picture = new Reflection(0x0badcafe, () => this.#askKeyframe());
  peer: Peer | null = null;
  readonly #udpPortIxs: number[];
  readonly #tcpPortIxs: readonly number[];
  readonly #marks = new PayloadMarks();
  #timer: NodeJS.Timeout | undefined;
  readonly #zero = performance.now();

  constructor() {
    this.plane = openMediaPlane({
      sizes: { addresses: ADDRESSES },
      onBatch: (rx, tx) => this.#batch(rx, tx),
    });
    const [loopback, ...others] = ownAddresses();
    const { port, portIx } = this.plane.bind({ ip: loopback });
    this.#udpPortIxs = [portIx, ...others.map((ip) => this.plane.bind({ ip, port }).portIx)];
    this.#tcpPortIxs = [loopback, ...others].map((ip) => this.plane.listenTcp({ ip, port }).portIx);
    const announced = { addresses: [loopback, ...others], udpPort: port, tcpPort: port };
    const local = {
      fingerprint: { algorithm: 'sha-256', value: this.plane.fingerprint },
      candidates: () => hostCandidates(announced).filter(({ transport }) => transport === this.over),
    };
    const addresses = new PlaneAddresses(this.plane, ADDRESSES);
    this.peers = new Peers(local, { plane: this.plane, addresses, random: cryptoRandom, hmac: cryptoHmac });
  }

  /** Answers an offer of a new peer, or a later one of the same. */
  answer(offer: string): string {
    const done = this.peers.answer(
      this.peer,
      { offer: read(offer), capabilities: CAPABILITIES, tracks: this.#tracks() },
      this.#now(),
    );
    if ('refused' in done) throw new Error(done.refused);
    if (this.peer === null) for (const stream of [this.sound, this.picture]) done.peer.sending.add(stream);
    this.peer = done.peer;
    this.#arm();
    return writeDescription(done.answer);
  }

  /** By which transport the peer is sent to. */
  get sendsOver(): 'udp' | 'tcp' {
    return this.#tcpPortIxs.includes(this.peer!.agent.portIx) ? 'tcp' : 'udp';
  }

  /** From now on UDP leads nowhere. */
  endUdp(): void {
    for (const portIx of this.#udpPortIxs.splice(0)) this.plane.unbind(portIx);
  }

  stats(): PeerStats {
    return peerStats(this.peer!, this.#now());
  }

  closePeer(): void {
    this.peers.close(this.peer!, this.plane.tx);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.plane.close();
  }

  #tracks(): SentTrack[] {
    const track = { streamId: 'mirror', cname: 'mirror', rtxSsrc: null, codecs: [] };
    return [
      { ...track, kind: 'audio', trackId: 'sound', ssrc: this.sound.ssrc },
      { ...track, kind: 'video', trackId: 'picture', ssrc: this.picture.ssrc },
    ];
  }

  #now(): number {
    return performance.now() - this.#zero;
  }

  #batch(rx: RxTable, tx: TxTable): void {
    const now = this.#now();
    for (let row = 0; row < rx.count; row++) {
      if (this.peers.receive(rx, row, now, tx) !== 'media') continue;
      this.#reflect(rx.rows[row * RX_COLUMNS + RX.PEER_IX]!, tx);
    }
    this.peers.settle(now, tx);
    this.#arm();
  }

  #reflect(peerIx: number, tx: TxTable): void {
    const { layer, codec, header, slot, offset, payloadBytes, bytes } = this.peers.packet;
    const out = codec!.videoCodec < 0 ? this.sound : this.picture;
    out.layer = layer;
    if (codec!.videoCodec >= 0 && readMarks(codec!.videoCodec, bytes, header, this.#marks) && this.#marks.keyframe) {
      layer!.keyframes.arrived();
    }
    const row = tx.rows.subarray(tx.count * TX_COLUMNS, ++tx.count * TX_COLUMNS);
    row[TX.SLOT] = slot;
    row[TX.OFFSET] = offset;
    row[TX.LENGTH] = payloadBytes;
    row[TX.DESTINATION_IX] = peerIx;
    row[TX.FORM] = FORM.TRANSPORT_SEQ;
    row[TX.SSRC] = out.ssrc | 0;
    row[TX.SEQ16] = header.seq16;
    row[TX.RTP_TS] = header.rtpTs;
    row[TX.PAYLOAD_TYPE] = header.payloadType | (header.marker ? 0x80 : 0);
    row[TX.TRANSPORT_SEQ16] = this.peer!.sending.bandwidth.sent.add(payloadBytes, performance.now());
    out.sent.sent(payloadBytes);
  }

  #askKeyframe(): void {
    const { layer } = this.picture;
    if (layer !== null && this.peer !== null) this.peers.wantKeyframe(this.peer, layer);
  }

  #arm(): void {
    this.events.push(...this.peers.drain());
    clearTimeout(this.#timer);
    const nextAt = this.peers.nextAt();
    if (nextAt === null) return;
    this.#timer = setTimeout(
      () => {
        this.peers.tick(this.#now(), this.plane.tx);
        this.plane.tx.flush();
        this.#arm();
      },
      Math.max(1, nextAt - this.#now()),
    );
  }
}

function read(text: string): SessionDescription {
  const description = readDescription(text);
  if ('fault' in description) throw new Error(description.fault);
  return description;
}
