import type { SeededRandom } from '@madang/testkit';
import {
  firEntries,
  firRequestSeq8,
  firSsrc,
  NOT_ARRIVED,
  ReportBlock,
  RtcpCursor,
  RtcpWriter,
  readBye,
  readNack,
  readRemb,
  readReportBlock,
  readSenderInfo,
  readSourceDescription,
  reportBlocks,
  SenderInfo,
  TransportFeedback,
  writeBye,
  writeNack,
  writeReceiverReport,
  writeRemb,
  writeReportBlock,
  writeSenderReport,
  writeSourceDescription,
} from '../../packages/engine/src/rtp/index.js';
import { type FuzzTarget, fuzzRun, mixed, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';
import { repairCompound } from './repair-compound.js';
import { rtcpSeeds } from './rtcp-seeds.js';

const MOST_LOST = 1445;
const MOST_TOLD = 2048;

/** Everything that reads RTCP, at every packet of a compound, whatever its type. */
class RtcpTarget implements FuzzTarget {
  readonly counts = { compounds: 0, refused: 0, packets: 0, blocks: 0, nacks: 0, feedbacks: 0, names: 0, rembs: 0 };
  readonly #mutator: Mutator;
  readonly #cursor = new RtcpCursor();
  readonly #writer = new RtcpWriter();
  readonly #written = new Uint8Array(8192);
  readonly #again = new RtcpCursor();
  readonly #lost = new Uint16Array(MOST_LOST);
  readonly #lostAgain = new Uint16Array(MOST_LOST);
  readonly #feedback = new TransportFeedback(MOST_TOLD);
  readonly #feedbackAgain = new TransportFeedback(MOST_TOLD);
  readonly #info = new SenderInfo();
  readonly #block = new ReportBlock();
  readonly #blockAgain = new ReportBlock();

  constructor(random: SeededRandom) {
    this.#mutator = new Mutator(random, rtcpSeeds({ senderSsrc: 0xffff_0001, mediaSsrc: 0x8000_0002 }));
  }

  step(): void {
    const mutator = this.#mutator;
    mutator.next();
    if (mutator.random.chance(0.7)) mutator.length = repairCompound(mutator.bytes, mutator.at, mutator.length);
    const first = this.#readAll(false);
    mutator.shake();
    must(this.#readAll(true) === first, () => 'what stands beside the compound was read');
    if (first === 0) {
      this.counts.refused++;
      return;
    }
    this.counts.compounds++;
    if ((this.counts.compounds & 31) === 0) mutator.keep();
  }

  /** A fingerprint of all that was read; 0 for what is no compound. `isLast`: what has an inverse is put to the test. */
  #readAll(isLast: boolean): number {
    const { bytes, at, length } = this.#mutator;
    const cursor = this.#cursor;
    if (!cursor.start(bytes, at, length)) return 0;
    let print = 1;
    let next = at;
    while (cursor.next()) {
      must(cursor.at === next && cursor.length >= 4 && cursor.end <= at + length, () => 'a packet outside');
      next += 4 + 4 * ((bytes[next + 2]! << 8) | bytes[next + 3]!);
      print = mixed(print, cursor.senderSsrc + cursor.mediaSsrc);
      print = this.#readReports(print, isLast);
      print = this.#readFeedback(print, isLast);
      print = this.#readNames(print, isLast);
      if (isLast) this.counts.packets++;
    }
    must(next === at + length, () => 'not to the end');
    return print | 1;
  }

  #readReports(before: number, isLast: boolean): number {
    const [cursor, info, block] = [this.#cursor, this.#info, this.#block];
    let print = before;
    if (readSenderInfo(cursor, info)) {
      print = mixed(print, info.ntpSeconds + info.octets);
      if (isLast) this.#sameInfo();
    }
    const blocks = reportBlocks(cursor);
    for (let ix = 0; ix < blocks; ix++) {
      readReportBlock(cursor, ix, block);
      print = mixed(print, block.ssrc + block.cumulativeLost + block.sinceLastSr);
      if (isLast) this.#sameBlock();
    }
    return print;
  }

  #sameInfo(): void {
    const { ssrc, ntpSeconds, ntpFraction, rtpTs, packets, octets } = this.#info;
    writeSenderReport(this.#begin(), this.#info);
    readSenderInfo(this.#first(), this.#info);
    const info = this.#info;
    const isSame = info.ssrc === ssrc && info.ntpSeconds === ntpSeconds && info.ntpFraction === ntpFraction;
    must(isSame && info.rtpTs === rtpTs && info.packets === packets && info.octets === octets, () => 'another SR');
  }

  #sameBlock(): void {
    const [was, is] = [this.#block, this.#blockAgain];
    const writer = this.#begin();
    writeReceiverReport(writer, 1);
    writeReportBlock(writer, was);
    readReportBlock(this.#first(), 0, is);
    must(was.ssrc === is.ssrc && was.fractionLost === is.fractionLost && was.lastSr === is.lastSr, () => 'other block');
    must(was.cumulativeLost === is.cumulativeLost && was.highestSeq32 === is.highestSeq32, () => 'other losses');
    this.counts.blocks++;
  }

  #readFeedback(before: number, isLast: boolean): number {
    const cursor = this.#cursor;
    let print = before;
    const count = readNack(cursor, this.#lost);
    must(count <= MOST_LOST, () => `${count} lost`);
    for (let ix = 0; ix < count; ix++) print = mixed(print, this.#lost[ix]!);
    if (isLast && count > 0) this.#sameNack(count);
    if (this.#feedback.read(cursor)) {
      for (let ix = 0; ix < this.#feedback.count; ix++) print = mixed(print, this.#feedback.arrivalTicks[ix]!);
      if (isLast) this.#sameFeedback();
    }
    for (let ix = firEntries(cursor) - 1; ix >= 0; ix--)
      print = mixed(print, firSsrc(cursor, ix) + firRequestSeq8(cursor, ix));
    return print;
  }

  /** Entries may come in any order, so what is written is compared with itself, written once more. */
  #sameNack(count: number): void {
    if (!writeNack(this.#begin(), 1, 2, this.#lost, count)) return;
    const again = readNack(this.#first(), this.#lostAgain);
    must(again <= count && again > 0, () => `${again} packets instead of ${count}`);
    let last = 0;
    for (let ix = 0; ix < again; ix++) last = mixed(last, this.#lostAgain[ix]!);
    writeNack(this.#begin(), 1, 2, this.#lostAgain, again);
    const third = readNack(this.#first(), this.#lost);
    for (let ix = 0; ix < third; ix++)
      must(this.#lost[ix] === this.#lostAgain[ix] && third === again, () => 'another NACK');
    this.counts.nacks++;
  }

  #sameFeedback(): void {
    const [was, is] = [this.#feedback, this.#feedbackAgain];
    if (was.count === 0) return;
    must(was.write(this.#begin(), 1, 2), () => 'a feedback that cannot be written');
    must(is.read(this.#first()), () => 'a feedback that was written cannot be read');
    must(was.baseSeq16 === is.baseSeq16 && was.count === is.count, () => 'other packets');
    must(was.reference24 === is.reference24 && was.feedbackSeq8 === is.feedbackSeq8, () => 'another time');
    for (let ix = 0; ix < was.count; ix++) {
      const ticks = was.arrivalTicks[ix]!;
      must(is.arrivalTicks[ix] === ticks || ticks === NOT_ARRIVED, () => 'other arrivals');
    }
    this.counts.feedbacks++;
  }

  #readNames(before: number, isLast: boolean): number {
    const cursor = this.#cursor;
    let print = before;
    for (const { ssrc, cname } of readSourceDescription(cursor) ?? []) {
      print = mixed(print, ssrc + (cname?.length ?? -1));
      if (isLast && cname !== null) this.#sameName(ssrc, cname);
    }
    const leaving = readBye(cursor);
    for (const ssrc of leaving ?? []) print = mixed(print, ssrc);
    if (isLast && leaving !== null) this.#sameBye(leaving);
    const remb = readRemb(cursor);
    if (remb === null) return print;
    if (isLast) this.#sameRemb(remb);
    return mixed(print, remb.ssrcs.length + remb.bitrateBps);
  }

  #sameName(ssrc: number, cname: string): void {
    must(writeSourceDescription(this.#begin(), ssrc, cname), () => `cannot write ${cname}`);
    const [name] = readSourceDescription(this.#first()) ?? [];
    must(name?.ssrc === ssrc && name.cname === cname, () => `${cname} became ${name?.cname}`);
    this.counts.names++;
  }

  #sameBye(ssrcs: readonly number[]): void {
    writeBye(this.#begin(), ssrcs);
    must(String(readBye(this.#first())) === String(ssrcs), () => 'another BYE');
  }

  #sameRemb(remb: NonNullable<ReturnType<typeof readRemb>>): void {
    must(writeRemb(this.#begin(), 1, remb), () => 'cannot write a REMB');
    const again = readRemb(this.#first());
    must(again?.bitrateBps === remb.bitrateBps, () => `${remb.bitrateBps} became ${again?.bitrateBps}`);
    must(String(again?.ssrcs) === String(remb.ssrcs), () => 'a REMB of other streams');
    this.counts.rembs++;
  }

  #begin(): RtcpWriter {
    return this.#writer.begin(this.#written, 0, this.#written.length);
  }

  /** Stands at what was written. */
  #first(): RtcpCursor {
    must(this.#again.start(this.#written, 0, this.#writer.length), () => 'what was written is no compound');
    this.#again.next();
    return this.#again;
  }
}

fuzzRun('RTCP', 10_000, (random) => new RtcpTarget(random));
