import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { favourChildren } from './favour.mjs';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream=device-count=1,fps=10',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
];
/** How long the own camera may rest before nobody is expected to see it. */
const RESTS_MS = 400;

/** A browser with pages on which the built SDK is `window.madang`, at the server's own address. */
export class Pages {
  #browser;
  #url;

  static async open(url) {
    const pages = new Pages();
    pages.#url = url;
    pages.#browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      chromiumSandbox: process.getuid?.() !== 0,
      args: [...FLAGS, `--unsafely-treat-insecure-origin-as-secure=${url}`],
    });
    favourChildren();
    return pages;
  }

  async page() {
    const page = await this.#browser.newPage();
    await page.route(`${this.#url}/soak/**`, (route) => {
      const file = fileOf(new URL(route.request().url()).pathname.slice('/soak/'.length));
      const contentType = file.startsWith('<') ? 'text/html' : 'text/javascript';
      return route.fulfill({ contentType, body: file });
    });
    await page.goto(`${this.#url}/soak/`);
    await page.waitForFunction(() => window.madang !== undefined, undefined, { timeout: 60_000 });
    return page;
  }

  async close() {
    await this.#browser.close();
  }
}

const IMPORTS = {
  '@madang/client': '/soak/client/index.js',
  'socket.io-client': '/soak/socket.io.js',
  '@noble/hashes/': '/soak/noble/',
};
const PAGE = [
  '<!doctype html><title>a member</title>',
  `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`,
  '<script type="module">import * as madang from "@madang/client"; window.madang = madang;</script>',
].join('');
const FOLDERS = { client: 'packages/client/dist', noble: 'node_modules/@noble/hashes' };

function fileOf(path) {
  if (path === '') return PAGE;
  if (path === 'socket.io.js') return read('node_modules/socket.io-client/dist/socket.io.esm.min.js');
  const [folder, ...rest] = path.split('/');
  return read(join(FOLDERS[folder], ...rest));
}

function read(path) {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A member in a page of Chromium: the SDK as everybody has it, with a camera that moves. */
export class PageMember {
  name;
  #page;
  #about;
  #frames = new Map();
  /** What the server said of a source last, by `publisher/source`. */
  #why = new Map();

  constructor(name, page, about) {
    this.name = name;
    this.#page = page;
    this.#about = about;
    page.on('pageerror', (error) => about.complain(`${name} had an error: ${error.message}`));
  }

  async join() {
    const { url, room } = this.#about;
    await this.#page.evaluate(enter, { url, room, name: this.name });
  }

  /** What the server said of a source last. */
  why(key) {
    return this.#why.get(key);
  }

  /** Reads what it decoded since the last time. */
  async look() {
    const { tiles, clock } = this.#about;
    const { seen, sentSinceMs, state } = await this.#page.evaluate(seenSoFar);
    const now = clock.now();
    const own = `${this.name}/camera`;
    if (sentSinceMs < RESTS_MS) tiles.sends(own, now);
    else tiles.stopped(own, now);
    const before = this.#frames;
    this.#frames = new Map(seen.map(({ key, frames }) => [key, frames]));
    for (const key of before.keys()) if (!this.#frames.has(key)) tiles.unwanted(this.name, key, now);
    for (const { key, frames, sinceMs, why } of seen) {
      this.#why.set(key, why);
      tiles.wanted(this.name, key, now);
      if (frames > (before.get(key) ?? 0)) tiles.frame(this.name, key, now - sinceMs);
    }
    if (state !== 'connected') this.#about.complain(`${this.name} is ${state}`);
  }

  /** Wants one of the pictures in another size. */
  async resize(width, height) {
    await this.#page.evaluate(resizeOne, { width, height });
  }

  async leave() {
    this.#about.tiles.left(this.name, this.#about.clock.now());
    await this.#page.evaluate(() => window.soakRoom.leave());
  }
}

/** Runs in the page: one function that refers to nothing outside. */
async function enter({ url, room, name }) {
  const SAMPLE_MS = 200;
  const { LocalMedia, Room } = window.madang;
  const connections = new Set();
  const media = new LocalMedia();
  await media.startMicrophone();
  await media.startCamera({ width: 640, height: 360, frameRate: 10 });
  class Watched extends RTCPeerConnection {
    constructor(...args) {
      super(...args);
      connections.add(this);
    }
  }
  const one = new Room({ url, media, RTCPeerConnection: Watched });
  one.on('trackAdded', (member, track) => {
    if (!member.isSelf && track.kind === 'video') track.setView({ visible: true, width: 160, height: 90 });
  });
  /** What came of a picture: what of it changed while the picture stood still tells why it did. */
  const countsOf = (row) => ({
    packets: row.packetsReceived,
    repeated: row.retransmittedPacketsReceived,
    asked: row.nackCount,
    keyframesAsked: row.pliCount,
    frames: row.framesReceived,
    keyframes: row.keyFramesDecoded,
    dropped: row.framesDropped,
  });
  const changed = (before, after) =>
    Object.entries(after).map(([name, count]) => `${name} ${(count ?? 0) - (before[name] ?? 0)}`);
  const watch = { seen: new Map(), sent: 0, sentAt: 0 };
  Object.assign(window, { soakRoom: one, soakWatch: watch });
  await one.connect({ room, name, mode: 'sfu' });
  let sampledAt = performance.now();
  const sample = async () => {
    const now = performance.now();
    // A page that had no processor saw nothing, and nobody else is to blame for that.
    const late = Math.max(0, now - sampledAt - 2 * SAMPLE_MS);
    sampledAt = now;
    for (const each of watch.seen.values()) each.at += late;
    const decoded = new Map();
    let sent = 0;
    for (const pc of connections) {
      if (pc.connectionState === 'closed') connections.delete(pc);
      for (const row of (await pc.getStats()).values()) {
        if (row.type === 'inbound-rtp' && row.kind === 'video')
          decoded.set(row.trackIdentifier, { frames: row.framesDecoded ?? 0, counts: countsOf(row) });
        if (row.type === 'outbound-rtp' && row.kind === 'video') sent += row.framesSent ?? 0;
      }
    }
    if (sent !== watch.sent) Object.assign(watch, { sent, sentAt: performance.now() });
    const keys = new Set();
    for (const member of one.members) {
      for (const [source, track] of member.isSelf ? [] : member.tracks) {
        const of = track.kind === 'video' ? decoded.get(track.receiver.track.id) : undefined;
        if (of === undefined) continue;
        const key = `${member.name}/${source}`;
        keys.add(key);
        const before = watch.seen.get(key);
        if (before === undefined || before.frames !== of.frames) {
          const meanwhile = changed(before?.counts ?? {}, of.counts);
          watch.seen.set(key, { ...of, at: performance.now(), meanwhile });
        }
        const { layer, reason } = track.forwarding ?? {};
        watch.seen.get(key).why = `${layer ?? 'none'}, ${reason}; ${watch.seen.get(key).meanwhile.join(', ')}`;
      }
    }
    for (const key of watch.seen.keys()) if (!keys.has(key)) watch.seen.delete(key);
    setTimeout(() => void sample(), SAMPLE_MS);
  };
  void sample();
}

function seenSoFar() {
  const now = performance.now();
  const { seen, sentAt } = window.soakWatch;
  return {
    seen: [...seen].map(([key, { frames, at, why }]) => ({ key, frames, sinceMs: now - at, why })),
    sentSinceMs: now - sentAt,
    state: window.soakRoom.state,
  };
}

function resizeOne({ width, height }) {
  const others = window.soakRoom.members.filter(({ isSelf }) => !isSelf);
  const tracks = others.flatMap((member) => [...member.tracks.values()]).filter(({ kind }) => kind === 'video');
  tracks[Math.floor(Math.random() * tracks.length)]?.setView({ visible: true, width, height });
}
