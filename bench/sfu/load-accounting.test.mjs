import { describe, expect, it } from 'vitest';
import { Arrivals } from './arrivals.mjs';
import { describe as description, readEnd } from './descriptions.mjs';
import { doubtsOf } from './doubts.mjs';
import { MARK_BYTES, readMark, writeMark } from './mark.mjs';
import { median, percentile } from './percentile.mjs';
import { processTime, residentKib } from './process-time.mjs';
import { socketDrops } from './socket-drops.mjs';

describe('percentiles', () => {
  const hundred = Array.from({ length: 100 }, (_, ix) => ix + 1);

  it.each([
    [hundred, 0.5, 50],
    [hundred, 0.95, 95],
    [hundred, 0.99, 99],
    [hundred, 1, 100],
    [[7], 0.99, 7],
    [[1, 2, 3], 0, 1],
  ])('are by nearest rank', (values, share, expected) => {
    expect(percentile(values, share)).toBe(expected);
  });

  it('of nothing are no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });

  it('have their middle in the median, whatever the order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 9, 100])).toBe(10);
  });
});

describe('arrivals', () => {
  const open = () => new Arrivals({ viewers: 2, streams: 2, mostPackets: 3 });

  it('count each packet of each stream once for each viewer', () => {
    const arrivals = open();
    for (const viewer of [0, 1]) {
      for (const stream of [0, 1]) for (const nth of [0, 1, 2]) arrivals.arrived(viewer, stream, nth, 1);
    }
    expect(arrivals).toMatchObject({ received: 12, duplicates: 0, strange: 0 });
  });

  it('tell what came twice, and what nobody sent', () => {
    const arrivals = open();
    arrivals.arrived(0, 0, 1, 5);
    arrivals.arrived(0, 0, 1, 50);
    arrivals.arrived(0, 2, 0, 50);
    arrivals.arrived(1, 1, 3, 50);
    expect(arrivals).toMatchObject({ received: 1, duplicates: 1, strange: 2 });
    expect(arrivals.latency()).toEqual({ p50: 5, p95: 5, p99: 5 });
  });
});

describe('a mark', () => {
  it('is read where it was written, at the end', () => {
    const packet = new DataView(new ArrayBuffer(100));
    const mark = { phase: 3, stream: 9, nth: 70_000, sentAt: 1234.5678 };
    writeMark(packet, 60, mark);
    const read = {};
    expect(readMark(packet, 60, read)).toBe(true);
    expect(read).toEqual(mark);
    expect(readMark(packet, 59, read)).toBe(false);
    expect(readMark(packet, MARK_BYTES - 1, read)).toBe(false);
  });
});

describe('drops at sockets', () => {
  const table = [
    '   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
    '  100: 020200C0:1F90 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 1 2 0000000000000000 5  ',
    '  101: 020200C0:1F91 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 2 2 0000000000000000 70 ',
    '  102: 0100007F:1F92 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 3 2 0000000000000000 900',
  ].join('\n');

  it('are those of the ports asked for', () => {
    expect(socketDrops(new Set([0x1f90, 0x1f92]), table)).toBe(905);
    expect(socketDrops(new Set([1]), table)).toBe(0);
  });
});

describe('what a process costs', () => {
  it('is as much as the process itself is told', () => {
    const [before, own] = [processTime(process.pid), process.cpuUsage()];
    for (let turns = 0; process.cpuUsage(own).user < 300_000; turns++) Math.sqrt(turns);
    const { user, system } = process.cpuUsage(own);
    const used = processTime(process.pid).cpuUs - before.cpuUs;
    expect(used / (user + system)).toBeGreaterThan(0.7);
    expect(used / (user + system)).toBeLessThan(1.4);
  });

  it('has memory in KiB', () => {
    expect(residentKib(process.pid) / (process.memoryUsage.rss() / 1_024)).toBeCloseTo(1, 0);
  });
});

describe('descriptions', () => {
  it('are read as they were written', () => {
    const end = { ufrag: 'u', pwd: 'p', fingerprint: 'AB:CD', setup: 'passive', ip: '192.0.2.1', port: 9 };
    const sections = [
      { kind: 'audio', mid: '0', ssrc: 5 },
      { kind: 'video', mid: 'v' },
    ];
    const { ip, ...said } = end;
    const read = readEnd(description({ sections, direction: 'sendonly', ...end }), ip);
    expect(read).toEqual({
      ...said,
      address: ip,
      sections: [
        { kind: 'audio', mid: '0' },
        { kind: 'video', mid: 'v' },
      ],
    });
    expect(() => readEnd('v=0\r\n', ip)).toThrow(/no UDP candidate/);
  });
});

describe('a run', () => {
  const clean = {
    cpuShare: 0.4,
    waitedShare: 0,
    latenessP99: 1,
    drops: 0,
    unsent: 0,
    unopened: 0,
    duplicates: 0,
    strange: 0,
  };

  it('is trusted when the load was no limit', () => {
    expect(doubtsOf(clean)).toEqual([]);
  });

  it.each([
    ['cpuShare', 0.95],
    ['waitedShare', 0.5],
    ['latenessP99', 20],
    ['drops', 1],
    ['unsent', 1],
    ['unopened', 1],
    ['duplicates', 1],
    ['strange', 1],
  ])('is not trusted for %s', (name, value) => {
    expect(doubtsOf({ ...clean, [name]: value })).toHaveLength(1);
  });
});
