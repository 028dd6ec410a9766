import type { SeededRandom } from '@madang/testkit';
import { writeU16 } from '../../packages/engine/src/bytes/index.js';
import { readIntroduction, writeIntroduction } from '../../packages/engine/src/sctp/init-chunk.js';
import { readEstablishment, writeOpen } from '../../packages/engine/src/sctp/open-message.js';
import { PacketReader, packetSum } from '../../packages/engine/src/sctp/packet-reader.js';
import { readParameters, writeParameters } from '../../packages/engine/src/sctp/parameters.js';
import { type FuzzTarget, fuzzRun, mixed, must } from '../fuzz-run.js';
import { Mutator } from '../mutator.js';
import { variedSeeds } from './packet-seeds.js';

/** Everything that reads packets, parameters and the messages that open channels, with its inverse where it has one. */
class PacketTarget implements FuzzTarget {
  readonly counts = { packets: 0, refused: 0, chunks: 0, parameters: 0, introductions: 0, openings: 0 };
  readonly #mutator: Mutator;
  readonly #reader = new PacketReader();

  constructor(random: SeededRandom) {
    this.#mutator = new Mutator(random, variedSeeds());
  }

  step(): void {
    const mutator = this.#mutator;
    const { bytes, at, random } = mutator;
    mutator.next();
    if (mutator.length >= 16 && random.chance(0.6)) writeU16(bytes, at + 14, mutator.length - 12);
    if (mutator.length >= 16 && random.chance(0.9)) {
      bytes.fill(0, at + 8, at + 12);
      const right = packetSum(bytes, at, mutator.length);
      for (let ix = 0; ix < 4; ix++) bytes[at + 8 + ix] = right >>> (8 * ix);
    }
    const first = this.#readAll(false);
    mutator.shake();
    must(this.#readAll(true) === first, () => 'what stands beside the packet was read');
    if (first === 0) this.counts.refused++;
    else if ((++this.counts.packets & 31) === 0) mutator.keep();
  }

  /** A fingerprint of all that was read; 0 for what is no packet. */
  #readAll(isLast: boolean): number {
    const { bytes, at, length } = this.#mutator;
    const reader = this.#reader;
    if (reader.start(bytes, at, length, false) !== null) return 0;
    let print = mixed(1, reader.tag + reader.chunks);
    let chunks = 0;
    while (reader.next()) {
      chunks++;
      must(reader.bodyAt >= at + 16 && reader.bodyEnd <= at + length && reader.bodyBytes >= 0, () => 'a chunk outside');
      print = mixed(print, reader.type + reader.bodyBytes);
      print = this.#readBody(print, isLast);
    }
    must(chunks === reader.chunks, () => 'other chunks than there are');
    if (isLast) this.counts.chunks += chunks;
    return print | 1;
  }

  #readBody(before: number, isLast: boolean): number {
    const { bytes, bodyAt, bodyEnd } = this.#reader;
    let print = before;
    const parameters = readParameters(bytes, bodyAt, bodyEnd);
    for (const { type, value } of parameters ?? []) print = mixed(print, type + value.length);
    if (isLast && parameters !== null && parameters.length > 0) {
      this.counts.parameters++;
      const again = writeParameters(parameters);
      must(readParameters(again, 0, again.length)?.length === parameters.length, () => 'other parameters');
    }
    const introduced = readIntroduction(bytes, bodyAt, bodyEnd);
    if (introduced !== null) {
      print = mixed(print, introduced.introduction.tag + introduced.introduction.tsn);
      if (isLast) this.#sameIntroduction(introduced.introduction);
    }
    const body = bytes.slice(bodyAt + 12, Math.max(bodyAt + 12, bodyEnd));
    const opening = readEstablishment(body);
    if (opening?.type === 'open') {
      print = mixed(print, opening.form.label.length);
      if (isLast) this.counts.openings++;
      const again = readEstablishment(writeOpen(opening.form));
      must(JSON.stringify(again) === JSON.stringify(opening), () => 'another channel');
    }
    return print;
  }

  #sameIntroduction(introduction: Parameters<typeof writeIntroduction>[0]): void {
    this.counts.introductions++;
    const body = writeIntroduction(introduction);
    const again = readIntroduction(body, 0, body.length)?.introduction;
    must(JSON.stringify(again) === JSON.stringify(introduction), () => 'another introduction');
  }
}

fuzzRun('SCTP packets', 10_000, (random) => new PacketTarget(random));
