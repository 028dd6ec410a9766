import { RTCP } from '../../src/rtp/index.js';
import { text } from '../peer/connect.js';
import { packetsOf } from '../peer/reports.js';
import type { RouterStage } from '../router/router-stage.js';

const RIDS = ['l', 'm', 'h'];
const WIDTHS = [320, 640, 1280];
const FRAME_MS = 35;
const PAYLOAD_BYTES = 1_000;
const CHECK_MS = 5_000;
const [MID_ID, RID_ID] = [9, 10];

export interface CameraHabits {
  /** A keyframe is so many times as large as another one; the frames after it make up for that. */
  readonly keyframeSize: number;
  /** Between two that nobody asked for; infinity for none. */
  readonly everyMs: number;
}

const MODEST: CameraHabits = { keyframeSize: 4, everyMs: Number.POSITIVE_INFINITY };

interface Layer {
  readonly ix: number;
  readonly bps: number;
  readonly ssrc: number;
  seq16: number;
  /** What it may send beyond what it has. */
  credit: number;
  wantsKeyframe: boolean;
}

/** One who publishes a simulcast of three layers, and sends a keyframe where one is asked for. */
export class LayeredCamera {
  readonly #browser;
  readonly #layers: readonly Layer[];
  readonly #habits: CameraHabits;

  constructor(stage: RouterStage, id: string, rates: readonly number[], habits = MODEST) {
    this.#habits = habits;
    const { browser, offer } = stage.browser('chromium-simulcast');
    const { answer } = stage.do<'publish'>({ type: 'publish', connection: id, room: 'lab', member: id, offer });
    stage.connect(browser, answer);
    this.#browser = browser;
    this.#layers = rates.map((bps, ix) => ({ ix, bps, ssrc: 50 + ix, seq16: 0, credit: 0, wantsKeyframe: true }));
  }

  step(ms: number): void {
    if (ms % CHECK_MS === 0) this.#browser.check();
    for (const { type, count, mediaSsrc } of packetsOf(this.#browser.rtcp.splice(0))) {
      const layer = this.#layers.find(({ ssrc }) => ssrc === mediaSsrc);
      if (type === RTCP.PAYLOAD_FEEDBACK && count === 1 && layer) layer.wantsKeyframe = true;
    }
    if (ms % FRAME_MS > 0) return;
    for (const layer of this.#layers) {
      if (ms % this.#habits.everyMs < FRAME_MS) layer.wantsKeyframe = true;
      this.#frame(layer, ms);
    }
  }

  #frame(layer: Layer, ms: number): void {
    const frameBytes = (layer.bps * FRAME_MS) / 8000;
    layer.credit += frameBytes;
    const isKeyframe = layer.wantsKeyframe;
    layer.wantsKeyframe = false;
    const bytes = isKeyframe
      ? this.#habits.keyframeSize * frameBytes
      : Math.max(frameBytes / 4, Math.min(layer.credit, 1.5 * frameBytes));
    layer.credit -= bytes;
    const packets = Math.ceil(bytes / PAYLOAD_BYTES);
    for (let ix = 0; ix < packets; ix++) {
      const payload = new Uint8Array(Math.max(20, Math.round(bytes / packets)));
      const width = WIDTHS[layer.ix]!;
      const height = (width * 3) / 4;
      const size = [width & 0xff, width >> 8, height & 0xff, height >> 8];
      if (ix > 0) payload.set([0]);
      else payload.set(isKeyframe ? [0x10, 0x50, 0, 0, 0x9d, 0x01, 0x2a, ...size] : [0x10, 0x51, 0, 0, 7]);
      payload[payload.length - 1] = layer.ix;
      this.#browser.send({
        ssrc: layer.ssrc,
        seq16: layer.seq16++,
        payloadType: 96,
        payload,
        rtpTs: ms * 90,
        marker: ix === packets - 1,
        extensions: [[MID_ID, text('0')] as const, [RID_ID, text(RIDS[layer.ix]!)] as const],
      });
    }
  }
}
