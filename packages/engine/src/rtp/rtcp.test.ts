import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { add16 } from '../bytes/index.js';
import { readBye, writeBye } from './bye.js';
import { firEntries, firRequestSeq8, firSsrc, writeFir, writePli } from './keyframe-request.js';
import { readNack, writeNack } from './nack.js';
import { readRemb, writeRemb } from './remb.js';
import {
  ReportBlock,
  readReportBlock,
  readSenderInfo,
  reportBlocks,
  SenderInfo,
  writeReceiverReport,
  writeReportBlock,
  writeSenderReport,
} from './report.js';
import { RTCP } from './rtcp-code.js';
import { RtcpCursor } from './rtcp-cursor.js';
import { RtcpWriter } from './rtcp-writer.js';
import { readSourceDescription, writeSourceDescription } from './source-description.js';

const u32 = fc.integer({ min: 0, max: 0xffff_ffff });
const hex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s+/g, ''), 'hex'));

/** What `write` writes, alone. */
function written(write: (writer: RtcpWriter) => boolean): Uint8Array {
  const writer = new RtcpWriter().begin(new Uint8Array(2000).fill(0xee), 8, 1500);
  expect(write(writer)).toBe(true);
  return writer.bytes.slice(8, 8 + writer.length);
}

/** A cursor at the only packet of `bytes`, which stand among others. */
function at(bytes: Uint8Array): RtcpCursor {
  const slab = new Uint8Array(bytes.length + 12).fill(0x5a);
  slab.set(bytes, 4);
  const cursor = new RtcpCursor();
  expect(cursor.start(slab, 4, bytes.length)).toBe(true);
  expect(cursor.next()).toBe(true);
  return cursor;
}

describe('what is no compound', () => {
  test.each([
    ['nothing', ''],
    ['less than a header', '80c900'],
    ['version 1', '40c90001 00000001'],
    ['longer than it is', '80c90002 00000001'],
    ['bytes behind the last', '80c90001 00000001 80'],
    ['padding before the last', 'a0c90001 00000004 80c90001 00000001'],
    ['padding of nothing', 'a0c90001 00000000'],
    ['padding of no whole words', 'a0c90001 00000003'],
    ['padding over the header', 'a0c90001 00000008'],
  ])('%s', (_name, text) => {
    const bytes = hex(text);
    const cursor = new RtcpCursor();
    expect(cursor.start(bytes, 0, bytes.length)).toBe(false);
    expect(cursor.next()).toBe(false);
  });
});

test('a compound is walked packet by packet, without its padding', () => {
  const bytes = hex('80c90001 0000000a 81cb0001 0000000b a1ce0003 0000000c 0000000d 00000004');
  const cursor = new RtcpCursor();
  expect(cursor.start(bytes, 0, bytes.length)).toBe(true);
  const seen: number[][] = [];
  while (cursor.next()) seen.push([cursor.type, cursor.count, cursor.length, cursor.senderSsrc, cursor.mediaSsrc]);
  expect(seen).toEqual([
    [RTCP.RECEIVER_REPORT, 0, 8, 10, 0],
    [RTCP.BYE, 1, 8, 11, 0],
    [RTCP.PAYLOAD_FEEDBACK, 1, 12, 12, 13],
  ]);
});

const infos = fc.record({ ssrc: u32, ntpSeconds: u32, ntpFraction: u32, rtpTs: u32, packets: u32, octets: u32 });
const blocks = fc.record({
  ssrc: u32,
  fractionLost: fc.integer({ min: 0, max: 255 }),
  cumulativeLost: fc.integer({ min: -0x80_0000, max: 0x7f_ffff }),
  highestSeq32: u32,
  jitterTs: u32,
  lastSr: u32,
  sinceLastSr: u32,
});

test('reports come back as they were written', () => {
  fc.assert(
    fc.property(fc.option(infos), u32, fc.array(blocks, { maxLength: 31 }), (info, ssrc, list) => {
      const bytes = written((writer) => {
        const begun = info
          ? writeSenderReport(writer, Object.assign(new SenderInfo(), info))
          : writeReceiverReport(writer, ssrc);
        return begun && list.every((block) => writeReportBlock(writer, Object.assign(new ReportBlock(), block)));
      });
      const cursor = at(bytes);
      const read = new SenderInfo();
      expect(cursor.senderSsrc).toBe(info ? info.ssrc : ssrc);
      if (info) expect(readSenderInfo(cursor, read) && { ...read }).toEqual(info);
      expect(reportBlocks(cursor)).toBe(list.length);
      list.forEach((expected, ix) => {
        const block = new ReportBlock();
        readReportBlock(cursor, ix, block);
        expect({ ...block }).toEqual(expected);
      });
    }),
  );
});

test('a report holds 31 blocks, and a compound what there is room for', () => {
  const writer = new RtcpWriter().begin(new Uint8Array(1500), 0, 1500);
  writeReceiverReport(writer, 1);
  const block = new ReportBlock();
  for (let ix = 0; ix < 31; ix++) expect(writeReportBlock(writer, block)).toBe(true);
  expect(writeReportBlock(writer, block)).toBe(false);
  const small = new RtcpWriter().begin(new Uint8Array(1500), 0, 31);
  expect(writeReceiverReport(small, 1)).toBe(true);
  expect(writeReportBlock(small, block)).toBe(false);
  expect(writePli(small, 1, 2)).toBe(true);
  expect(writePli(small, 1, 2)).toBe(false);
  expect(small.length).toBe(20);
});

test('a report with fewer blocks than it claims has none', () => {
  expect(reportBlocks(at(hex('82c90007 00000001 000000020000000000000000000000000000000000000000')))).toBe(0);
  expect(readSenderInfo(at(hex('80c80001 00000001')), new SenderInfo())).toBe(false);
});

describe('source descriptions', () => {
  test('a name of any length up to 255 comes back', () => {
    for (const length of [0, 1, 2, 3, 4, 5, 254, 255]) {
      const cname = 'n'.repeat(length);
      const bytes = written((writer) => writeSourceDescription(writer, 7, cname));
      expect(readSourceDescription(at(bytes))).toEqual([{ ssrc: 7, cname }]);
    }
    const writer = new RtcpWriter().begin(new Uint8Array(500), 0, 500);
    expect(writeSourceDescription(writer, 7, 'n'.repeat(256))).toBe(false);
  });

  test('several chunks, each with other items', () => {
    const bytes = hex('83ca0008 00000001 02016e 01026162 00 00000002 0304 78787878 0000 00000003 00000000');
    expect(readSourceDescription(at(bytes))).toEqual([
      { ssrc: 1, cname: 'ab' },
      { ssrc: 2, cname: null },
      { ssrc: 3, cname: null },
    ]);
  });

  test.each([
    ['an item over the end', '81ca0002 00000001 01ff6162'],
    ['no end of the items', '81ca0002 00000001 01026162'],
    ['an item without a length', '81ca0003 00000001 01056162 63646501'],
    ['a chunk too few', '82ca0002 00000001 00000000'],
  ])('%s: null', (_name, text) => {
    expect(readSourceDescription(at(hex(text)))).toBeNull();
  });
});

test('goodbyes', () => {
  expect(readBye(at(written((writer) => writeBye(writer, [1, 0xffff_ffff]))))).toEqual([1, 0xffff_ffff]);
  expect(readBye(at(hex('80cb0000')))).toEqual([]);
  expect(readBye(at(hex('82cb0001 00000001')))).toBeNull();
  // With a reason behind it.
  expect(readBye(at(hex('81cb0002 00000001 03627965')))).toEqual([1]);
});

describe('NACK', () => {
  const asked = (bytes: Uint8Array, room = 1000) => {
    const lost = new Uint16Array(room);
    return [...lost.subarray(0, readNack(at(bytes), lost))];
  };

  test('each bit names the packet so many after the first', () => {
    expect(asked(hex('81cd0004 00000001 00000002 fffe8003 00050000'))).toEqual([0xfffe, 0xffff, 0, 14, 5]);
  });

  test('as many are read as there is room for', () => {
    expect(asked(hex('81cd0003 00000001 00000002 0000ffff'), 5)).toEqual([0, 1, 2, 3, 4]);
    expect(asked(hex('81cd0002 00000001 00000002'))).toEqual([]);
    expect(asked(hex('81cd0000'))).toEqual([]);
  });

  test('any rising list comes back, also over the wrap', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), steps, (first, list) => {
        const lost = [first];
        for (const step of list) lost.push(add16(lost.at(-1)!, step));
        const bytes = written((writer) => writeNack(writer, 1, 2, Uint16Array.from(lost), lost.length));
        expect(at(bytes).mediaSsrc).toBe(2);
        expect(asked(bytes)).toEqual(lost);
      }),
    );
  });

  test('seventeen packets in a row take one entry', () => {
    const lost = Uint16Array.from({ length: 17 }, (_, ix) => 0xfff8 + ix);
    expect(written((writer) => writeNack(writer, 1, 2, lost, 17))).toHaveLength(16);
  });
});

test('keyframe requests', () => {
  expect(written((writer) => writePli(writer, 1, 2))).toEqual(hex('81ce0002 00000001 00000002'));
  const fir = written((writer) => writeFir(writer, 1, 2, 0x1ff));
  expect(fir).toEqual(hex('84ce0004 00000001 00000000 00000002 ff000000'));
  const cursor = at(fir);
  expect([firEntries(cursor), firSsrc(cursor, 0), firRequestSeq8(cursor, 0)]).toEqual([1, 2, 255]);
  expect(firEntries(at(hex('84ce0003 00000001 00000000 00000002')))).toBe(0);
  expect(firEntries(at(hex('84ce0000')))).toBe(0);
});

describe('REMB', () => {
  test('1 Mb/s is 250,000 times 2^2', () => {
    const bytes = hex('8fce0005 00000001 00000000 52454d42 010bd090 00000002');
    expect(readRemb(at(bytes))).toEqual({ bitrateBps: 1_000_000, ssrcs: [2] });
    expect(written((writer) => writeRemb(writer, 1, { bitrateBps: 1_000_000, ssrcs: [2] }))).toEqual(bytes);
  });

  test('the rate is rounded down to 18 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 45 }), fc.array(u32, { maxLength: 5 }), (bitrateBps, ssrcs) => {
        const read = readRemb(at(written((writer) => writeRemb(writer, 1, { bitrateBps, ssrcs }))))!;
        expect(read.ssrcs).toEqual(ssrcs);
        expect(read.bitrateBps).toBeLessThanOrEqual(bitrateBps);
        expect(bitrateBps - read.bitrateBps).toBeLessThanOrEqual(bitrateBps / 2 ** 17);
      }),
    );
  });

  test.each([
    ['another application', '8fce0004 00000001 00000000 41424344 00000000'],
    ['cut short', '8fce0003 00000001 00000000 52454d42'],
    ['more SSRCs than there are', '8fce0005 00000001 00000000 52454d42 02000001 00000002'],
  ])('%s: null', (_name, text) => {
    expect(readRemb(at(hex(text)))).toBeNull();
  });

  test('the largest that can be said', () => {
    const read = readRemb(at(hex('8fce0004 00000001 00000000 52454d42 00ffffff')));
    expect(read).toEqual({ bitrateBps: (2 ** 18 - 1) * 2 ** 63, ssrcs: [] });
  });
});
