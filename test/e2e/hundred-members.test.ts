import { expect } from 'vitest';
import type * as Madang from '../../packages/client/src/index.js';
import { LargeRoom } from './support/large-room.js';
import { MadangServer } from './support/madang-server.js';
import { sdkSite } from './support/sdk-site.js';
import { freshRoom, stage } from './support/stage.js';
import { until } from './support/until.js';

const OTHERS = 99;
/** As many pictures come by themselves. */
const PICTURES = 49;

const test = stage({});

declare global {
  interface Window {
    madangEve: Madang.Room;
    madangAnswers: { readonly chars: number; readonly sections: number; readonly tookMs: number }[];
  }
}

/** One small keyframe of VP8, by the browser's own encoder, in base64. */
async function keyframe(): Promise<string> {
  const canvas = new OffscreenCanvas(160, 96);
  const paper = canvas.getContext('2d')!;
  paper.fillStyle = 'teal';
  paper.fillRect(0, 0, 160, 96);
  paper.fillStyle = 'gold';
  paper.fillRect(40, 24, 80, 48);
  let bytes = new Uint8Array();
  const encoder = new VideoEncoder({
    output: (chunk) => {
      bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
    },
    error: (error) => {
      throw error;
    },
  });
  encoder.configure({ codec: 'vp8', width: 160, height: 96, bitrate: 100_000, framerate: 2 });
  const frame = new VideoFrame(canvas, { timestamp: 0 });
  encoder.encode(frame, { keyFrame: true });
  await encoder.flush();
  frame.close();
  return btoa(String.fromCharCode(...bytes));
}

/** Notes how long each description took, and how large it is. */
function watchAnswers(): void {
  window.madangAnswers = [];
  const Native = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Native {
    override async setLocalDescription(description?: RTCLocalSessionDescriptionInit): Promise<void> {
      const begunAt = performance.now();
      await super.setLocalDescription(description);
      const chars = this.localDescription?.sdp.length ?? 0;
      const tookMs = Math.round(performance.now() - begunAt);
      window.madangAnswers.push({ chars, sections: this.getTransceivers().length, tookMs });
    }
  } as typeof RTCPeerConnection;
}

async function enter({ url, room }: { url: string; room: string }): Promise<void> {
  const { LocalMedia, Room } = window.madang;
  window.madangEve = new Room({ url, media: new LocalMedia() });
  await window.madangEve.connect({ room, name: 'Eve' });
}

/** How many tracks there are, and of how many of the pictures something has come. */
function received(): { readonly tracks: number; readonly pictures: number } {
  const tracks = window.madangEve.members.flatMap(({ isSelf, tracks }) => (isSelf ? [] : [...tracks.values()]));
  const pictures = tracks.filter(
    (track) => 'receiver' in track && track.kind === 'video' && track.receiver.getSynchronizationSources().length > 0,
  );
  return { tracks: tracks.length, pictures: pictures.length };
}

test('in a room of a hundred one is sent every track, and the pictures of as many as a page has room for', {
  timeout: 240_000,
}, async ({ chromium, cast }) => {
  const site = await sdkSite();
  cast.onLeave(() => site.close());
  const server = await MadangServer.start({ media: true, flags: ['--allow-origin', site.address] });
  cast.onLeave(() => server.close());
  const { page } = cast.add('Eve', await chromium.tab());
  await page.goto(site.address);
  const room = freshRoom();
  const crowd = await LargeRoom.gather(`${server.address}/whip/${room}`, OTHERS, await page.evaluate(keyframe));
  cast.onLeave(() => crowd.close());

  await page.evaluate(watchAnswers);
  await page.evaluate(enter, { url: server.address, room });
  const seen = await until(
    'the pictures of a large room',
    () => page.evaluate(received),
    ({ pictures }) => pictures >= PICTURES,
    90_000,
  );
  expect(seen).toEqual({ tracks: 2 * OTHERS, pictures: PICTURES });
  const answers = await page.evaluate(() => window.madangAnswers);
  console.log(`descriptions of the browser: ${JSON.stringify(answers)}`);
  expect(answers.at(-1)?.sections).toBeGreaterThanOrEqual(2 * OTHERS);
});
