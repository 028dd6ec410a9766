import { SeededRandom } from '@madang/testkit';
import { describe, expect, test } from 'vitest';
import { readBye } from './bye.js';
import { DependencyDescriptor } from './dependency-descriptor.js';
import type { DependencyStructure } from './dependency-structure.js';
import { EXTENSION, EXTENSION_COUNT } from './extension.js';
import { ExtensionIds } from './extension-ids.js';
import { ExtensionPlaces } from './extension-places.js';
import {
  absCaptureTime,
  absSendTime,
  audioLevel,
  extensionText,
  playoutDelay,
  transportSeq16,
  videoOrientation,
} from './extension-values.js';
import { firEntries, firRequestSeq8, firSsrc } from './keyframe-request.js';
import { readNack } from './nack.js';
import { isOpusSilence, opusTicks } from './opus-payload.js';
import { PayloadMarks } from './payload-marks.js';
import { readMarks, VIDEO_CODEC } from './read-marks.js';
import { RedBlocks } from './red-blocks.js';
import { readRemb } from './remb.js';
import { ReportBlock, readReportBlock, readSenderInfo, reportBlocks, SenderInfo } from './report.js';
import { RtcpCursor } from './rtcp-cursor.js';
import { RtpHeader, readRtpHeader } from './rtp-header.js';
import { originalSeq16 } from './rtx.js';
import { readSourceDescription } from './source-description.js';
import { TransportFeedback } from './transport-feedback.js';

/** More by hand: `FUZZ_RUNS=10000000 FUZZ_SEED=… npx vitest run packages/engine/src/rtp/parsers-survive.test.ts`. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? 7);

/** In the place of `expect`, which is too slow to call millions of times. */
function assertThat(condition: boolean): void {
  if (!condition) throw new Error('a place outside of the bytes');
}

type Parser = (bytes: Uint8Array, at: number, length: number) => unknown;

const IDS = new ExtensionIds();
for (let extension = 0; extension < EXTENSION_COUNT; extension++) IDS.set(extension, extension + 1);

const header = new RtpHeader();
const places = new ExtensionPlaces();
const marks = new PayloadMarks();

const TEXTS = [EXTENSION.MID, EXTENSION.RID, EXTENSION.REPAIRED_RID];
const VALUES = [transportSeq16, absSendTime, audioLevel, videoOrientation, playoutDelay, absCaptureTime];

/** Everything that can be known of an RTP packet without negotiation but the numbers of its extensions. */
function parseRtp(bytes: Uint8Array, at: number, length: number): unknown {
  if (!readRtpHeader(bytes, at, length, header)) return null;
  assertThat(header.payloadAt >= at + 12);
  assertThat(header.payloadAt + header.payloadBytes + header.paddingBytes === at + length);
  const isWhole = places.read(bytes, header, IDS);
  const values = VALUES.map((value) => value(bytes, places));
  const texts = TEXTS.map((extension) => extensionText(bytes, places, extension));
  return [{ ...header }, isWhole, values, texts, originalSeq16(bytes, header)];
}

const cursor = new RtcpCursor();
const lost = new Uint16Array(1000);
const feedback = new TransportFeedback(500);
const info = new SenderInfo();
const block = new ReportBlock();

function parseRtcp(bytes: Uint8Array, at: number, length: number): unknown {
  if (!cursor.start(bytes, at, length)) return null;
  const found: unknown[] = [];
  while (cursor.next()) {
    assertThat(cursor.end <= at + length);
    found.push([cursor.type, cursor.count, cursor.length, cursor.senderSsrc, cursor.mediaSsrc]);
    found.push(readSenderInfo(cursor, info) && { ...info });
    for (let ix = 0; ix < reportBlocks(cursor); ix++) {
      readReportBlock(cursor, ix, block);
      found.push({ ...block });
    }
    found.push(readSourceDescription(cursor), readBye(cursor), readRemb(cursor));
    found.push([...lost.subarray(0, readNack(cursor, lost))]);
    for (let ix = 0; ix < firEntries(cursor); ix++) found.push([firSsrc(cursor, ix), firRequestSeq8(cursor, ix)]);
    found.push(feedback.read(cursor) && [feedback.baseSeq16, ...feedback.arrivalTicks.subarray(0, feedback.count)]);
  }
  return found;
}

function parsePayload(codec: number): Parser {
  return (bytes, at, length) => {
    header.payloadAt = at;
    header.payloadBytes = length;
    header.marker = false;
    const isWhole = readMarks(codec, bytes, header, marks);
    return isWhole && [{ ...marks, widths: [...marks.widths], heights: [...marks.heights] }];
  };
}

let structure: DependencyStructure | null = null;
const descriptor = new DependencyDescriptor();

/** Each goes on with the structure that an earlier one brought. */
function parseDescriptor(bytes: Uint8Array, at: number, length: number): unknown {
  if (!descriptor.read(bytes, at, length, structure)) return null;
  const { template, spatialId, temporalId, activeTargets, endBit } = descriptor;
  const of = descriptor.structure!;
  const targets = Array.from({ length: of.targets }, (_, ix) => [descriptor.indication(ix), of.protectedBy(ix)]);
  const chains = Array.from({ length: of.chains }, (_, ix) => descriptor.chainDiff(ix));
  return [template, spatialId, temporalId, activeTargets, endBit, of.templates, targets, chains];
}

const red = new RedBlocks();

function parseRed(bytes: Uint8Array, at: number, length: number): unknown {
  if (!red.read(bytes, at, length)) return null;
  return Array.from({ length: red.count }, (_, ix) => {
    assertThat(red.at(ix) + red.lengthOf(ix) <= at + length);
    return [red.payloadType(ix), red.ageTs(ix), red.at(ix), red.lengthOf(ix)];
  });
}

const parseOpus: Parser = (bytes, at, length) => [opusTicks(bytes, at, length), isOpusSilence(length)];

/** What mutation begins with: one packet of each kind, whole. */
const CORPUS: Record<string, { readonly parse: Parser; readonly seeds: readonly string[] }> = {
  RTP: {
    parse: parseRtp,
    seeds: [
      '806002451524c87808766e4e9080f27fb01c009d012a',
      'b2e1000100000002000000030000000a0000000bbede0004106131 3200fa 30ff4fff 52800001 6085 0000 aabbccdd00000004',
      '90e100010000000200000003100000040102613104020001050380000106018500 0000 aabbccdd',
    ],
  },
  RTCP: {
    parse: parseRtcp,
    seeds: [
      '81c8000c 00000001 e0000000 80000000 00000005 00000006 00000007 00000009 10ffffff 00010005 00000003 00000001 00000002',
      '81ca0003 00000001 01036162 63000000 81cb0001 00000001',
      '81cd0003 00000001 00000002 fffe8003 81ce0002 00000001 00000002',
      '84ce0004 00000001 00000000 00000002 ff000000 8fce0005 00000001 00000000 52454d42 010bd090 00000002',
      '8fcd0006 00000001 00000002 00000010 00000000 a001e400 0201fff6 03000000',
    ],
  },
  VP8: { parse: parsePayload(VIDEO_CODEC.VP8), seeds: ['90f0ffff12bf5004009d012a8042e081'] },
  VP9: {
    parse: parsePayload(VIDEO_CODEC.VP9),
    seeds: ['ae92340007380140 00b4 0280 0168 0210340102aa', 'f80553030506aa'],
  },
  'H.264': { parse: parsePayload(VIDEO_CODEC.H264), seeds: ['780004 6ec0802f 0002 419a', '7c8588', '6742'] },
  'H.265': { parse: parsePayload(VIDEO_CODEC.H265), seeds: ['6001 0003 40010c 0003 42010c', '620193af', '2601af'] },
  AV1: { parse: parsePayload(VIDEO_CODEC.AV1), seeds: ['28020a0b3000', '103448 00', 'a001303000'] },
  'dependency descriptor': {
    parse: parseDescriptor,
    seeds: ['c0000180015540000000', 'c1 0002', 'fe0001 8fe2 4a86 a2ea 9a2a 1c52 1314 809f e02c e000'],
  },
  RED: { parse: parseRed, seeds: ['ef00f0026f0a0b0c0d', '6f01'] },
  Opus: { parse: parseOpus, seeds: ['fc0000', 'fb06'] },
};

function mutated(seed: Uint8Array, random: SeededRandom): Uint8Array {
  const bytes = Uint8Array.from([...seed, ...(random.chance(0.2) ? seed : [])]);
  for (let times = random.below(5); times > 0; times--) {
    const at = random.below(bytes.length);
    bytes[at] = random.chance(0.5) ? random.below(256) : bytes[at]! ^ (1 << random.below(8));
  }
  return random.chance(0.3) ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
}

describe.each(Object.entries(CORPUS))('%s', (_name, { parse, seeds }) => {
  const corpus = seeds.map((text) => new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'hex')));

  test('no bytes make it throw, and it reads none but its own', () => {
    const random = new SeededRandom(SEED);
    structure = null;
    let understood = 0;
    for (let run = 0; run < RUNS; run++) {
      const input = mutated(corpus[run % corpus.length]!, random);
      const results = [0x00, 0xff].map((noise) => {
        const slab = new Uint8Array(input.length + 64).fill(noise);
        slab.set(input, 32);
        return parse(slab, 32, input.length);
      });
      if (JSON.stringify(results[0], asText) !== JSON.stringify(results[1], asText)) {
        expect(results[0], `seed ${SEED}, run ${run}`).toEqual(results[1]);
      }
      if (results[0]) understood++;
      if (descriptor.bringsStructure && results[0]) structure = descriptor.structure;
    }
    // Or it would be tried on nothing that it understands.
    expect(understood).toBeGreaterThan(RUNS / 20);
  });
});

function asText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
