import type { ConnectionId } from '@madang/engine';
import { expect, test } from 'vitest';
import { hasAddon } from '../../packages/native/src/index.js';
import { LocalMedia } from '../../packages/server/src/media/index.js';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { StaticSite } from './support/static-site.js';

declare global {
  interface Window {
    /** The connections of this page, with their lanes, and what was heard on them. */
    members: Record<string, { pc: RTCPeerConnection; lane: RTCDataChannel; heard: Uint8Array[] }>;
  }
}

const BROWSERS = { Chromium, Firefox };
const MESSAGES = 2_000;
const LONGEST = 262_144 - 5;

/** In the page: a member with a lane, that takes part by its offer. */
async function offer(name: string): Promise<string> {
  window.members ??= {};
  const pc = new RTCPeerConnection();
  const lane = pc.createDataChannel('bulk', { protocol: 'madang.room.1' });
  const heard: Uint8Array[] = [];
  lane.binaryType = 'arraybuffer';
  lane.onmessage = ({ data }) => heard.push(new Uint8Array(data as ArrayBuffer));
  window.members[name] = { pc, lane, heard };
  await pc.setLocalDescription();
  return pc.localDescription!.sdp;
}

/** In the page: takes the answer; resolves when the lane is open. */
async function take([name, sdp]: [string, string]): Promise<boolean> {
  const { pc, lane } = window.members[name]!;
  const opened = new Promise<boolean>((resolve) => {
    lane.onopen = () => resolve(true);
  });
  await pc.setRemoteDescription({ type: 'answer', sdp });
  return opened;
}

/** In the page: everything at once, each message with its number, the last ones as long as may be. */
async function say([name, messages, longest]: [string, number, number]): Promise<void> {
  const { lane } = window.members[name]!;
  for (let ix = 0; ix < messages + 3; ix++) {
    const length = ix < messages ? 100 + (ix % 50) : longest;
    const bytes = new Uint8Array(2 + length).fill(ix & 255);
    bytes.set([2, 0, ix >> 8, ix & 255]);
    lane.send(bytes);
  }
}

/** In the page: by whom how many were heard, and whether each was the next one and whole. */
async function heardBy([name, from, messages, longest]: [string, string, number, number]) {
  const { heard } = window.members[name]!;
  const head = 2 + from.length;
  const isRight = (bytes: Uint8Array, ix: number) =>
    bytes[0] === 2 &&
    new TextDecoder().decode(bytes.subarray(2, head)) === from &&
    bytes.length - head === (ix < messages ? 100 + (ix % 50) : longest) &&
    bytes[head] === ix >> 8 &&
    bytes.subarray(head + 2).every((byte) => byte === (ix & 255));
  return { count: heard.length, wrong: heard.findIndex((bytes, ix) => !isRight(bytes, ix)) };
}

test.runIf(hasAddon()).each(Object.keys(BROWSERS) as (keyof typeof BROWSERS)[])(
  '%s says 2,000 messages and some of 256 KiB in a burst through the server, and hears them in their order',
  async (name) => {
    const site = await StaticSite.of({ '/': '<!doctype html><title>data</title>' });
    const browser = await BROWSERS[name].launch();
    const media = await LocalMedia.open({ port: 0, bind: [], announce: [] });
    try {
      const { page } = await browser.tab();
      await page.goto(site.address);
      // Both drivers evaluate a function with one argument.
      const ask = <T, A>(run: (given: A) => Promise<T>, given: A): Promise<T> =>
        (page.evaluate as (run: unknown, given: A) => Promise<T>).call(page, run, given);
      for (const member of ['ada', 'bo']) {
        const reply = await media.command({
          type: 'publish',
          connection: member as ConnectionId,
          room: 'lab',
          member,
          offer: await ask(offer, member),
          data: 'say',
        });
        if (!reply.ok) throw new Error(reply.detail);
        expect(await ask(take, [member, reply.answer])).toBe(true);
      }
      await ask(say, ['ada', MESSAGES, LONGEST]);
      const heard = () => ask(heardBy, ['bo', 'ada', MESSAGES, LONGEST]);
      await expect.poll(heard, { timeout: 30_000 }).toEqual({ count: MESSAGES + 3, wrong: -1 });
    } finally {
      media.close();
      await browser.close();
      await site.close();
    }
  },
);
