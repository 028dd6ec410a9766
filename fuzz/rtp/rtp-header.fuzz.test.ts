import type { SeededRandom } from '@madang/testkit';
import {
  absCaptureTime,
  absSendTime,
  audioLevel,
  EXTENSION,
  EXTENSION_COUNT,
  ExtensionIds,
  ExtensionPlaces,
  extensionText,
  originalSeq16,
  playoutDelay,
  RtpHeader,
  type RtpParts,
  readRtpHeader,
  rtpPacket,
  transportSeq16,
  videoOrientation,
} from '../../packages/engine/src/rtp/index.js';
import { type FuzzTarget, fuzzRun, mixed, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';

/** More is not written, and nobody's. */
const MOST_WRITTEN = 1000;
const TEXTS = [EXTENSION.MID, EXTENSION.RID, EXTENSION.REPAIRED_RID];

function seeds(): Uint8Array[] {
  const fixed = { payloadType: 96, seq16: 65_535, rtpTs: 0xffff_fff0, ssrc: 0x8000_0001 };
  const payload = Uint8Array.of(0x10, 0x51, 0, 0, 7, 9, 9);
  const one = [
    { id: 1, data: Uint8Array.of(0x30) },
    { id: 2, data: Uint8Array.of(0x68, 0x69) },
    { id: 4, data: Uint8Array.of(0xff, 0xff) },
    { id: 5, data: Uint8Array.of(1, 2, 3) },
    { id: 6, data: Uint8Array.of(0x85) },
    { id: 10, data: new Uint8Array(16).fill(3) },
  ];
  const two = [
    { id: 3, data: new Uint8Array(0) },
    { id: 7, data: Uint8Array.of(9) },
    { id: 9, data: new Uint8Array(40).fill(0xa5) },
    { id: 8, data: Uint8Array.of(0, 16, 4) },
  ];
  return [
    { ...fixed, payload },
    { ...fixed, marker: true, payload, extensions: one },
    { ...fixed, payload, extensions: two, extensionForm: 'two-byte' as const },
    { ...fixed, csrcs: [1, 2, 3], payload, paddingBytes: 4, extensions: one },
    { ...fixed, csrcs: Array.from({ length: 15 }, (_, ix) => ix), paddingBytes: 255 },
    { ...fixed, payload: new Uint8Array(1200).fill(1) },
  ].map(rtpPacket);
}

/** The header of RTP, and the elements of its extension block. */
class RtpHeaderTarget implements FuzzTarget {
  readonly counts = { packets: 0, refused: 0, withExtensions: 0, cutBlocks: 0, writtenAgain: 0 };
  readonly #mutator: Mutator;
  readonly #ids = new ExtensionIds();
  readonly #header = new RtpHeader();
  readonly #places = new ExtensionPlaces();
  readonly #again = { header: new RtpHeader(), places: new ExtensionPlaces() };

  constructor(random: SeededRandom) {
    this.#mutator = new Mutator(random, seeds());
    for (let extension = 0; extension < EXTENSION_COUNT; extension++) this.#ids.set(extension, extension + 1);
  }

  step(): void {
    const mutator = this.#mutator;
    mutator.next();
    const first = this.#read();
    mutator.shake();
    must(this.#read() === first, () => 'what stands beside the packet was read');
    if (first === 0) {
      this.counts.refused++;
      return;
    }
    this.counts.packets++;
    this.#isInside();
    if (this.#header.extensionBytes > 0) this.counts.withExtensions++;
    if ((this.counts.packets & 7) === 0 && this.#header.extensionBytes <= MOST_WRITTEN) this.#writeAgain();
    if ((this.counts.packets & 63) === 0) mutator.keep();
  }

  /** A fingerprint of all that was read; 0 for what is no packet. */
  #read(): number {
    const { bytes, at, length } = this.#mutator;
    const [header, places] = [this.#header, this.#places];
    if (!readRtpHeader(bytes, at, length, header)) return 0;
    if (!places.read(bytes, header, this.#ids)) this.counts.cutBlocks++;
    let print = mixed(header.seq16, header.ssrc);
    print = mixed(print, header.rtpTs + header.payloadType);
    print = mixed(print, header.payloadAt + header.payloadBytes * 2048);
    print = mixed(print, originalSeq16(bytes, header));
    return this.#readValues(bytes, print) | 1;
  }

  #readValues(bytes: Uint8Array, before: number): number {
    const places = this.#places;
    let print = mixed(before, transportSeq16(bytes, places) + absSendTime(bytes, places));
    print = mixed(print, audioLevel(bytes, places) + 256 * videoOrientation(bytes, places));
    print = mixed(print, playoutDelay(bytes, places));
    for (const extension of TEXTS) print = mixed(print, extensionText(bytes, places, extension)?.length ?? -1);
    return mixed(print, absCaptureTime(bytes, places) === null ? 1 : 2);
  }

  #isInside(): void {
    const { at, length } = this.#mutator;
    const [header, places] = [this.#header, this.#places];
    const end = header.extensionAt + header.extensionBytes;
    must(header.payloadBytes >= 0 && header.extensionAt >= at + 12 && header.payloadAt >= end, () => 'out of order');
    must(header.payloadAt + header.payloadBytes + header.paddingBytes === at + length, () => 'not to the end');
    for (let extension = 0; extension < EXTENSION_COUNT; extension++) {
      const place = places.at(extension);
      if (place < 0) continue;
      must(place >= header.extensionAt && place + places.lengthOf(extension) <= end, () => 'outside of the block');
    }
  }

  /** What was read says the same when it is written, and read. */
  #writeAgain(): void {
    const parts = this.#parts();
    const written = rtpPacket(parts);
    const { header, places } = this.#again;
    must(readRtpHeader(written, 0, written.length, header), () => 'what was written is no packet');
    must(places.read(written, header, this.#ids), () => 'a block that was written is cut');
    const was = this.#header;
    must(header.seq16 === was.seq16 && header.ssrc === was.ssrc && header.rtpTs === was.rtpTs, () => 'other numbers');
    must(header.payloadBytes === was.payloadBytes && header.csrcCount === was.csrcCount, () => 'another payload');
    for (let extension = 0; extension < EXTENSION_COUNT; extension++) {
      const isThere = this.#places.at(extension) >= 0;
      must(isThere === places.at(extension) >= 0, () => 'an element more or less');
      const isAsLong = this.#places.lengthOf(extension) === places.lengthOf(extension);
      must(!isThere || isAsLong, () => 'an element of another length');
    }
    this.counts.writtenAgain++;
  }

  #parts(): RtpParts {
    const { bytes } = this.#mutator;
    const { payloadType, marker, seq16, rtpTs, ssrc, csrcCount, payloadAt, payloadBytes, paddingBytes } = this.#header;
    const extensions = [];
    for (let extension = 0; extension < EXTENSION_COUNT; extension++) {
      const place = this.#places.at(extension);
      if (place >= 0)
        extensions.push({ id: extension + 1, data: bytes.subarray(place, place + this.#places.lengthOf(extension)) });
    }
    const isOneByte = extensions.every(({ data }) => data.length >= 1 && data.length <= 16);
    return {
      payloadType,
      marker,
      seq16,
      rtpTs: rtpTs >>> 0,
      ssrc: ssrc >>> 0,
      csrcs: Array.from({ length: csrcCount }, (_, ix) => ix),
      extensions,
      extensionForm: isOneByte ? 'one-byte' : 'two-byte',
      payload: bytes.subarray(payloadAt, payloadAt + payloadBytes),
      paddingBytes,
    };
  }
}

fuzzRun('RTP headers and their extensions', 20_000, (random) => new RtpHeaderTarget(random));
