import { RX, RX_COLUMNS, type RxTable } from '../ports/index.js';
import {
  EXTENSION,
  ExtensionIds,
  isOpusSilence,
  originalSeq16,
  RTX_PREFIX_BYTES,
  readRtpHeader,
  type SenderInfo,
  transportSeq16,
} from '../rtp/index.js';
import type { MediaAgreement } from '../sdp/index.js';
import { RoundTrip, SenderClock, TransportArrivals } from '../stream/index.js';
import { BundleSorter } from './bundle-sorter.js';
import type { InboundCodec } from './inbound-codec.js';
import type { InboundLayer } from './inbound-layer.js';
import type { InboundPacket } from './inbound-packet.js';
import { InboundTrack } from './inbound-track.js';

/** Of how many packets one feedback can tell: 100 ms at 40,000 packets a second. */
const MOST_ARRIVALS = 4096;

/** What was made of an RTP row. All but the first are counted and go nowhere. */
export type RtpOutcome =
  /** New: it stands in the packet. */
  | 'media'
  /** Of no section, layer or payload type that was agreed on. */
  | 'unknown_source'
  /** It has come before, or so late that nobody knows any more. */
  | 'repeated'
  /** Of a retransmission's SSRC, without anything in it: it only probes. */
  | 'probe'
  | 'malformed';

/** Everything that one peer sends: its tracks, by which packets are sorted, and what is to be told of their arrival. */
export class InboundMedia {
  readonly sorter = new BundleSorter();
  readonly arrivals = new TransportArrivals(MOST_ARRIVALS);
  readonly roundTrip = new RoundTrip();
  readonly #senderClock = new SenderClock();
  #ids = new ExtensionIds();
  #tellsArrivals = false;
  /** Of the newest packet, for feedback that has to name one. Unsigned. */
  lastSsrc = 0;

  /** By which numbers its header extensions were negotiated. */
  get extensionIds(): ExtensionIds {
    return this.#ids;
  }

  /** What comes in from now on; a track that was there stays the same object. */
  put(agreement: MediaAgreement): InboundTrack {
    const known = this.sorter.track(agreement.mid);
    known?.update(agreement);
    const track = known ?? new InboundTrack(agreement);
    this.sorter.put(track);
    this.#learnExtensions();
    return track;
  }

  remove(mid: string): void {
    this.sorter.remove(mid);
    this.#learnExtensions();
  }

  /** Takes an RTP row into `packet`. Never throws, and allocates only for an SSRC that is new. */
  receive(rx: RxTable, row: number, now: number, packet: InboundPacket): RtpOutcome {
    const column = row * RX_COLUMNS;
    const at = rx.rows[column + RX.SLOT]! * rx.slotBytes;
    const { header, extensions } = packet;
    const bytes = rx.slab;
    if (!readRtpHeader(bytes, at, rx.rows[column + RX.LENGTH]!, header)) return 'malformed';
    extensions.read(bytes, header, this.#ids);
    packet.arrivedMs = now - rx.rows[column + RX.AGE_US]! / 1000;
    const number = this.#tellsArrivals ? transportSeq16(bytes, extensions) : -1;
    if (number >= 0) this.arrivals.received(number, packet.arrivedMs);
    this.lastSsrc = header.ssrc >>> 0;
    const source = this.sorter.find(bytes, header, extensions);
    if (source === null) return 'unknown_source';
    const { layer, isRepair } = source;
    if (isRepair && !restore(bytes, packet, layer)) return layer.stream === null ? 'unknown_source' : 'probe';
    const codec = layer.track.codecs.get(header.payloadType);
    if (codec === undefined) return 'unknown_source';
    packet.layer = layer;
    packet.codec = codec;
    packet.isRecovered = isRepair;
    packet.bytes = bytes;
    packet.slot = rx.rows[column + RX.SLOT]!;
    packet.offset = header.payloadAt - at;
    packet.payloadBytes = header.payloadBytes;
    return this.#take(layer, codec, packet);
  }

  /** A sender report came. False when it is of no stream that is here. */
  reported(info: SenderInfo, now: number): boolean {
    const source = this.sorter.sourceOf(info.ssrc | 0);
    if (source === null || source.isRepair || source.layer.stream === null) return false;
    source.layer.stream.reported(info, now);
    return true;
  }

  /** When there is something to tell: of arrivals, losses, missing keyframes, or of flows. */
  nextAtMs(): number {
    let next = this.arrivals.nextAtMs;
    for (const track of this.sorter.tracks) {
      for (const { stream, keyframes, flow } of track.layers) {
        if (stream === null) continue;
        next = Math.min(next, stream.nacks?.nextAtMs ?? Number.POSITIVE_INFINITY, keyframes.nextAtMs, flow.nextAtMs);
      }
    }
    return next;
  }

  #take(layer: InboundLayer, codec: InboundCodec, packet: InboundPacket): RtpOutcome {
    const { header, arrivedMs, isRecovered } = packet;
    const stream = layer.streamFor(codec, this.#senderClock);
    packet.extended = isRecovered
      ? stream.recovered(header.seq16, arrivedMs)
      : stream.received(header.seq16, header.rtpTs, arrivedMs);
    layer.packets++;
    layer.bytes += header.payloadBytes;
    layer.rate.add(header.payloadBytes, arrivedMs);
    if (packet.extended < 0) return 'repeated';
    if (isRecovered) this.#measure(layer, header.seq16, arrivedMs);
    layer.flow.received(arrivedMs, codec.name === 'OPUS' && isOpusSilence(header.payloadBytes));
    return 'media';
  }

  /** How long the way is, by a packet that was asked for a single time. */
  #measure(layer: InboundLayer, seq16: number, now: number): void {
    if (seq16 !== layer.askedSeq16) return;
    this.roundTrip.measured(now - layer.askedMs);
    layer.askedSeq16 = -1;
  }

  /** Ids are the same in all sections of a bundle (RFC 8843 §9.2), so one table serves all. */
  #learnExtensions(): void {
    this.#ids = new ExtensionIds();
    this.#tellsArrivals = false;
    for (const { agreement, codecs } of this.sorter.tracks) {
      for (const { name, id } of agreement.extensions) this.#ids.set(EXTENSION[name], id);
      this.#tellsArrivals ||= [...codecs.values()].some((codec) => codec.transportFeedback);
    }
  }
}

/**
 * Makes a retransmission what it repeats (RFC 4588 §4): number, payload type, SSRC, and the payload behind the two bytes of
 * the number. False when there is nothing in it.
 */
function restore(bytes: Uint8Array, { header }: InboundPacket, layer: InboundLayer): boolean {
  const original = originalSeq16(bytes, header);
  if (original < 0 || layer.ssrc === null || layer.stream === null) return false;
  header.seq16 = original;
  header.payloadType = layer.track.rtx.originalOf(header.payloadType);
  header.ssrc = layer.ssrc;
  header.payloadAt += RTX_PREFIX_BYTES;
  header.payloadBytes -= RTX_PREFIX_BYTES;
  return true;
}
