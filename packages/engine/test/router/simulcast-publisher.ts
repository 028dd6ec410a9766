import { text } from '../peer/connect.js';
import type { RouterStage } from './router-stage.js';

const WIDTHS = { h: 1280, m: 640, l: 320 };
type Rid = keyof typeof WIDTHS;

/** A publisher of three encodings, in the order of its description h, m, l. */
export function simulcast(stage: RouterStage) {
  const { browser, offer } = stage.browser('chromium-simulcast');
  const command = { type: 'publish', connection: 'anna', room: 'lab', member: 'anna', offer } as const;
  const { answer, tracks } = stage.do<'publish'>(command);
  stage.connect(browser, answer);
  let seq16 = 100;
  const rids = Object.keys(WIDTHS) as Rid[];
  /** A keyframe of each, or of some; the last byte is 0 for the largest, and so on. */
  const show = (only: readonly Rid[] = rids) => {
    seq16++;
    for (const [mark, rid] of rids.entries()) {
      if (!only.includes(rid)) continue;
      const [width, height] = [WIDTHS[rid], (WIDTHS[rid] * 3) / 4];
      const size = [width & 0xff, width >> 8, height & 0xff, height >> 8];
      const payload = Uint8Array.of(0x10, 0x50, 0x00, 0x00, 0x9d, 0x01, 0x2a, ...size, mark);
      const extensions = [[9, text('0')] as const, [10, text(rid)] as const];
      browser.send({ ssrc: 50 + mark, seq16, payloadType: 96, payload, rtpTs: seq16 * 3000, marker: true, extensions });
    }
    stage.run(100);
  };
  return { browser, tracks, show };
}
