import {
  ntpMiddle,
  ReportBlock,
  RtcpWriter,
  readSenderInfo,
  SenderInfo,
  writeReceiverReport,
  writeReportBlock,
  writeSourceDescription,
} from '../../packages/engine/dist/rtp/index.js';

const UNITS_PER_MS = 65.536;
const MOST_BYTES = 1_000;

/** What one endpoint hears, as far as its receiver reports (RFC 3550 §6.4.2) need it. */
export class HeardStreams {
  #streams = new Map();
  #writer = new RtcpWriter();
  #block = new ReportBlock();
  #info = new SenderInfo();
  #bytes = new Uint8Array(MOST_BYTES);

  packet(ssrc, seq16) {
    const stream = this.#streams.get(ssrc);
    if (stream === undefined) this.#streams.set(ssrc, new HeardStream(ssrc, seq16));
    else stream.packet(seq16);
  }

  /** A sender report, where the cursor stands. */
  senderReport(cursor, now) {
    if (!readSenderInfo(cursor, this.#info)) return;
    const stream = this.#streams.get(this.#info.ssrc | 0);
    if (stream === undefined) return;
    stream.lastSr = ntpMiddle(this.#info.ntpSeconds, this.#info.ntpFraction);
    stream.lastSrAt = now;
  }

  /** A compound with a block for each stream, good until the next one; null before anything came. */
  report(ownSsrc, now) {
    if (this.#streams.size === 0) return null;
    const writer = this.#writer.begin(this.#bytes, 0, MOST_BYTES);
    writeReceiverReport(writer, ownSsrc);
    for (const stream of this.#streams.values()) {
      stream.fill(this.#block, now);
      writeReportBlock(writer, this.#block);
    }
    writeSourceDescription(writer, ownSsrc, 'load');
    return this.#bytes.subarray(0, writer.length);
  }
}

class HeardStream {
  lastSr = 0;
  lastSrAt = 0;
  #ssrc;
  #first;
  #highest;
  #packets = 1;
  #expectedBefore = 0;
  #packetsBefore = 0;

  constructor(ssrc, seq16) {
    this.#ssrc = ssrc;
    this.#first = seq16;
    this.#highest = seq16;
  }

  packet(seq16) {
    this.#packets++;
    const ahead = ((seq16 - this.#highest) << 16) >> 16;
    if (ahead > 0) this.#highest += ahead;
  }

  fill(block, now) {
    const expected = this.#highest - this.#first + 1;
    const [since, came] = [expected - this.#expectedBefore, this.#packets - this.#packetsBefore];
    this.#expectedBefore = expected;
    this.#packetsBefore = this.#packets;
    block.ssrc = this.#ssrc >>> 0;
    block.fractionLost = since > 0 && came < since ? Math.floor((256 * (since - came)) / since) : 0;
    block.cumulativeLost = Math.max(0, expected - this.#packets);
    block.highestSeq32 = this.#highest;
    block.jitterTs = 0;
    block.lastSr = this.lastSr;
    block.sinceLastSr = this.lastSr === 0 ? 0 : Math.round((now - this.lastSrAt) * UNITS_PER_MS);
  }
}
