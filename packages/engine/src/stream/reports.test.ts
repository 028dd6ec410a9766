import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ntpFraction, ntpMiddle, ntpSeconds, ntpToMs, ReportBlock, SenderInfo } from '../rtp/index.js';
import { ReportSchedule } from './report-schedule.js';
import { RoundTrip } from './round-trip.js';
import { RtpClock } from './rtp-clock.js';
import { SenderClock } from './sender-clock.js';
import { SentRegister } from './sent-register.js';

/** 2026-11-22, in milliseconds since 1900. */
const THERE = 4_004_294_400_000;

function reportOf(senderMs: number, rtpTs: number): SenderInfo {
  return Object.assign(new SenderInfo(), {
    ntpSeconds: ntpSeconds(senderMs),
    ntpFraction: ntpFraction(senderMs),
    rtpTs,
  });
}

test('a time survives its way through NTP to a microsecond', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 4e12, noNaN: true }), (ms) => {
      expect(Math.abs(ntpToMs(ntpSeconds(ms), ntpFraction(ms)) - ms)).toBeLessThan(0.001);
    }),
  );
});

describe("a sender's clock", () => {
  test('is that of the report which came fastest', () => {
    const clock = new SenderClock();
    expect(clock.isKnown).toBe(false);
    clock.reported(THERE, 1050);
    clock.reported(THERE + 1000, 2010);
    clock.reported(THERE + 2000, 3200);
    expect(clock.toOurs(THERE + 3000)).toBeCloseTo(4010 + 0.6, 0);
  });

  test('may run slow', () => {
    const clock = new SenderClock();
    // 100 parts in a million.
    for (let second = 0; second <= 3600; second++) clock.reported(THERE + second * 999.9, second * 1000);
    expect(clock.toOurs(THERE + 3600 * 999.9)).toBeCloseTo(3_600_000, 0);
  });

  test('may be set', () => {
    const clock = new SenderClock();
    clock.reported(THERE, 0);
    clock.reported(THERE - 3_600_000, 1000);
    expect(clock.toOurs(THERE - 3_600_000)).toBe(1000);
  });
});

describe('the clock of a stream', () => {
  test('goes on from the last report, over the wrap', () => {
    const clock = new RtpClock(90_000, new SenderClock());
    expect(clock.rtpTsAt(0)).toBe(-1);
    clock.reported(reportOf(THERE, 0xffff_ff00), 5000);
    expect(clock.rtpTsAt(5000)).toBe(0xffff_ff00);
    expect(clock.rtpTsAt(5010)).toBe(900 - 0x100);
    expect(clock.rtpTsAt(4990)).toBe(0xffff_ff00 - 900);
  });

  test('keeps sound and picture together, however late a report is', () => {
    const sender = new SenderClock();
    const sound = new RtpClock(48_000, sender);
    const picture = new RtpClock(90_000, sender);
    sound.reported(reportOf(THERE, 1000), 100);
    picture.reported(reportOf(THERE + 500, 7000), 600 + 80);
    // Both of what was captured at the same moment.
    const now = 2000;
    const soundMs = (sound.rtpTsAt(now) - 1000) / 48;
    const pictureMs = (picture.rtpTsAt(now) - 7000) / 90 + 500;
    expect(Math.abs(soundMs - pictureMs)).toBeLessThan(0.1);
  });

  test('tells the sender when its report came', () => {
    const clock = new RtpClock(90_000, new SenderClock());
    const block = new ReportBlock();
    clock.report(block, 0);
    expect(block).toMatchObject({ lastSr: 0, sinceLastSr: 0 });
    const info = reportOf(THERE + 250, 0);
    clock.reported(info, 1000);
    clock.report(block, 1500);
    expect(block).toMatchObject({ lastSr: ntpMiddle(info.ntpSeconds, info.ntpFraction), sinceLastSr: 32_768 });
  });
});

describe('the round trip', () => {
  const at = (sentMs: number, heldMs: number): ReportBlock => {
    const block = new ReportBlock();
    block.lastSr = ntpMiddle(ntpSeconds(sentMs), ntpFraction(sentMs));
    block.sinceLastSr = Math.round(heldMs * 65.536);
    return block;
  };

  test('is what is left without the time that the peer held the report', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e9 }),
        fc.nat({ max: 5000 }),
        fc.nat({ max: 5000 }),
        (sent, held, trip) => {
          const roundTrip = new RoundTrip();
          roundTrip.reported(at(sent, held), sent + held + trip);
          // The middle of a time is 0 now and then, as if there had been no report.
          if (at(sent, 0).lastSr !== 0) expect(Math.abs(roundTrip.ms - trip)).toBeLessThan(0.1);
        },
      ),
    );
  });

  test('is not believed when it would be negative or minutes long', () => {
    const roundTrip = new RoundTrip();
    roundTrip.reported(new ReportBlock(), 1000);
    roundTrip.reported(at(1000, 500), 1400);
    roundTrip.reported(at(1000, 0), 61_000);
    expect(roundTrip.ms).toBe(-1);
  });

  test('is a mean', () => {
    const roundTrip = new RoundTrip();
    roundTrip.measured(100);
    roundTrip.measured(20);
    expect(roundTrip.ms).toBe(90);
  });
});

test('a sender report tells what was sent, and when it is now', () => {
  const sent = new SentRegister();
  expect(sent.isSender).toBe(false);
  sent.sent(1200);
  sent.sent(300);
  const info = new SenderInfo();
  sent.report(info, 9, 77, 1500);
  expect(sent.isSender).toBe(true);
  const expected = { ssrc: 9, rtpTs: 77, packets: 2, octets: 1500, ntpSeconds: 1, ntpFraction: 0x8000_0000 };
  expect({ ...info }).toEqual(expected);
});

test('reports come at half to one and a half of their interval, the first earlier', () => {
  const schedule = new ReportSchedule(1000, 0, 0x8000_0000);
  expect(schedule.nextAtMs).toBe(500);
  expect(schedule.due(499, 0)).toBe(false);
  expect(schedule.due(500, 0)).toBe(true);
  expect(schedule.nextAtMs).toBe(1000);
  expect(schedule.due(1000, 0xffff_ffff)).toBe(true);
  expect(schedule.nextAtMs).toBeCloseTo(2500, 3);
});

test('reports to many come due together, a tenth of a second late at most', () => {
  const many = Array.from(
    { length: 100 },
    (_, ix) => new ReportSchedule(1000, 7 * ix, Math.imul(ix, 0x9e37_79b1) >>> 0),
  );
  const times = new Set<number>();
  for (const [ix, schedule] of many.entries()) {
    const begun = 7 * ix;
    expect(schedule.nextAtMs).toBeGreaterThanOrEqual(begun + 250);
    expect(schedule.nextAtMs).toBeLessThan(begun + 750 + 100);
    times.add(schedule.nextAtMs);
  }
  expect(times.size).toBeLessThanOrEqual(14);
});
