import { describe, expect, test } from 'vitest';
import { peerStats, type SentStream } from '../../src/peer/index.js';
import {
  ReportBlock as Block,
  SenderInfo as Info,
  type ReportBlock,
  RTCP,
  type SenderInfo,
  writeBye,
  writeFir,
  writeNack,
  writePli,
  writeReceiverReport,
  writeRemb,
  writeReportBlock,
  writeSenderReport,
} from '../../src/rtp/index.js';
import { connected, INTERFRAME, text } from './connect.js';
import { compound, packetsOf } from './reports.js';

const PICTURE = 2374643973;
const SOUND = 3416263923;
const OURS = 0x900d_cafe;

/** Whoever sends a stream, and what he has been told. */
class Told implements SentStream {
  readonly ssrc: number;
  readonly cname = 'someone';
  readonly heard: string[] = [];

  constructor(ssrc: number) {
    this.ssrc = ssrc;
  }

  report(info: SenderInfo): boolean {
    Object.assign(info, { ssrc: this.ssrc, ntpSeconds: 5, ntpFraction: 0, rtpTs: 90_000, packets: 3, octets: 300 });
    return true;
  }

  asked(lost: Uint16Array, count: number): void {
    this.heard.push(`asked ${[...lost.subarray(0, count)]}`);
  }

  wantsKeyframe(): void {
    this.heard.push('keyframe');
  }

  reported(block: ReportBlock): void {
    this.heard.push(`lost ${block.fractionLost}`);
  }
}

describe('a publisher', () => {
  test('is told once a second what arrived of each stream, and by its own clock how long ago it reported', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    for (const seq16 of [1, 2, 4, 5]) browser.send({ ssrc: PICTURE, seq16, payloadType: 96, payload: INTERFRAME });
    browser.send({ ssrc: SOUND, seq16: 8, payloadType: 111, payload: text('sound') });
    const info = Object.assign(new Info(), { ssrc: PICTURE, ntpSeconds: 7, ntpFraction: 0x8000_0000, rtpTs: 1 });
    browser.report(compound((writer) => writeSenderReport(writer, info)));
    stage.run(20_000);
    const reports = packetsOf(browser.rtcp).filter(
      ({ type, blocks }) => type === RTCP.RECEIVER_REPORT && blocks.length > 0,
    );
    expect(reports.length).toBeGreaterThan(13);
    expect(reports.length).toBeLessThan(30);
    const [first] = reports;
    expect(first!.senderSsrc).toBe(peer.ssrc);
    expect(first!.blocks).toMatchObject([
      { ssrc: SOUND, cumulativeLost: 0 },
      { ssrc: PICTURE, cumulativeLost: 1, lastSr: 0x0007_8000 },
    ]);
    const ages = reports.map(({ blocks }) => blocks[1]!.sinceLastSr / 65_536);
    expect(ages.at(-1)! - ages[0]!).toBeGreaterThan(15);
    expect(peerStats(peer, stage.now).layers[1]).toMatchObject({ mid: '1', ssrc: PICTURE, lost: 1, packets: 4 });
  });

  test('is told a limit where it goes by REMB, and that its streams stall and go on', () => {
    const { stage, browser, peer } = connected('chromium-publish');
    peer.mostBps = 500_000;
    const flows = () =>
      stage.events.flatMap((event) => (event.type === 'flow' ? [`${event.layer.track.mid} ${event.flow}`] : []));
    browser.send({ ssrc: PICTURE, seq16: 1, payloadType: 96, payload: INTERFRAME });
    stage.run(4_000);
    browser.send({ ssrc: PICTURE, seq16: 2, payloadType: 96, payload: INTERFRAME });
    stage.run(100);
    expect(flows()).toEqual(['1 flowing', '1 stalled', '1 flowing']);
    const limits = packetsOf(browser.rtcp).filter(({ type, count }) => type === RTCP.PAYLOAD_FEEDBACK && count === 15);
    expect(limits.length).toBeGreaterThan(1);
    expect(Buffer.from(limits[0]!.body.subarray(12, 16)).toString()).toBe('REMB');
  });

  test('that takes leave of a stream is believed for its own alone', () => {
    const { stage, browser } = connected('chromium-publish');
    browser.report(
      compound(
        (writer) => writeReceiverReport(writer, 1),
        (writer) => writeBye(writer, [PICTURE, 12345]),
      ),
    );
    stage.deliver();
    expect(stage.events.slice(1)).toMatchObject([{ type: 'ended', layer: { rid: null } }]);
  });

  test('without reduced size gets a report and a name in front of whatever it is told', () => {
    const { stage, browser } = connected('chromium-publish', (offer) => offer.replaceAll(/^a=rtcp-rsize\r?\n/gm, ''));
    browser.send({ ssrc: PICTURE, seq16: 1, payloadType: 96, payload: INTERFRAME });
    browser.send({ ssrc: PICTURE, seq16: 3, payloadType: 96, payload: INTERFRAME });
    stage.run(3_000);
    expect(browser.rtcp.length).toBeGreaterThan(3);
    for (const bytes of browser.rtcp) {
      const [first, second] = packetsOf([bytes]);
      expect([first!.type, second!.type]).toEqual([RTCP.RECEIVER_REPORT, RTCP.SOURCE_DESCRIPTION]);
    }
  });
});

describe('a viewer', () => {
  const told = () => {
    const all = connected('chromium-publish');
    const stream = new Told(OURS);
    all.peer.sending.add(stream);
    return { ...all, stream };
  };

  test('is sent a sender report and a name of each stream, and BYE when it is closed', () => {
    const { stage, browser, peer } = told();
    stage.run(3_000);
    const packets = packetsOf(browser.rtcp);
    expect(packets.filter(({ type }) => type === RTCP.SENDER_REPORT).length).toBeGreaterThan(1);
    expect(packets.find(({ type }) => type === RTCP.SENDER_REPORT)!.senderSsrc).toBe(OURS);
    stage.peers.close(peer, stage.plane.tx);
    stage.deliver();
    expect(packetsOf(browser.rtcp).at(-1)).toMatchObject({ type: RTCP.BYE, count: 1, senderSsrc: OURS });
  });

  test('asks, reports and estimates, and whoever sends hears of his own streams alone', () => {
    const { stage, browser, peer, stream } = told();
    const lost = Uint16Array.of(65_535, 0, 20);
    const block = (ssrc: number) => Object.assign(new Block(), { ssrc, fractionLost: 64 });
    for (const ssrc of [OURS, OURS + 1]) {
      browser.report(
        compound(
          (writer) => writeReceiverReport(writer, 1) && writeReportBlock(writer, block(ssrc)),
          (writer) => writeNack(writer, 1, ssrc, lost, 3),
          (writer) => writePli(writer, 1, ssrc),
          (writer) => writeRemb(writer, 1, { bitrateBps: 800_000, ssrcs: [ssrc] }),
        ),
      );
    }
    stage.deliver();
    expect(stream.heard).toEqual(['lost 64', 'asked 65535,0,20', 'keyframe']);
    expect(peerStats(peer, stage.now)).toMatchObject({
      bandwidth: { estimateBps: 800_000, by: 'remb' },
      sent: [{ fractionLost: 0.25, nacks: 1 }],
    });
  });

  test('that repeats a request for a keyframe asks for nothing new', () => {
    const { stage, browser, stream } = told();
    for (const number of [4, 4, 5]) browser.report(compound((writer) => writeFir(writer, 1, OURS, number)));
    stage.deliver();
    expect(stream.heard).toEqual(['keyframe', 'keyframe']);
  });
});
