// Records the offers that negotiation is tested with, from every stack that runs here: `node scripts/record-offers.mjs`,
// or with names (`chromium pion`) only theirs. Each goes to packages/engine/test/offers/NAME.sdp, without candidates.
// Safari's is not recorded: no Debian has one. It stands there in the form that its releases are known to send.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';
import { ensureBrowsers } from './browsers.mjs';
import { ensureForeignStacks } from './foreign-stacks.mjs';
import { IN_CHROMIUM, IN_FIREFOX } from './offers/in-page.mjs';
import { root } from './workspace.mjs';

const folder = join(root, 'packages/engine/test/offers');

const RECORDERS = {
  chromium: inChromium,
  firefox: inFirefox,
  gstreamer: () => ({
    publish: python('gstreamer-offer.py', 'vp8'),
    'publish-h264': python('gstreamer-offer.py', 'h264'),
  }),
  aiortc: () => ({ publish: python('aiortc-offer.py') }),
  pion,
  libdatachannel,
  libwebrtc,
};

/** What a program prints, or the end of the recording. */
function printed(program, args, env = {}) {
  const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 280_000 });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr}${done.error ?? ''}`);
  return done.stdout;
}

/** Debian's Python, whose modules are Debian's too. */
function python(script, ...args) {
  return printed('/usr/bin/python3', [join(root, 'scripts/offers', script), ...args]);
}

async function inChromium() {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    return await each(IN_CHROMIUM, (offer) => page.evaluate(offer));
  } finally {
    await browser.close();
  }
}

async function inFirefox() {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
  });
  try {
    const page = await browser.newPage();
    return await each(IN_FIREFOX, (offer) => page.evaluate(offer));
  } finally {
    await browser.close();
  }
}

async function each(offers, run) {
  const recorded = {};
  for (const [name, offer] of Object.entries(offers)) recorded[name] = await run(offer);
  return recorded;
}

function pion() {
  const cache = mkdtempSync(join(tmpdir(), 'pion-'));
  try {
    const env = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: cache, GOFLAGS: '' };
    return { publish: printed('go', ['run', join(root, 'scripts/offers/pion-offer.go')], env) };
  } finally {
    rmSync(cache, { recursive: true, force: true });
  }
}

async function libdatachannel() {
  const { default: library } = await import('node-datachannel');
  const peer = new library.PeerConnection('madang', { iceServers: [], disableAutoNegotiation: true });
  const audio = new library.Audio('audio', 'SendOnly');
  audio.addOpusCodec(111);
  audio.addSSRC(1001, 'madang', 'stream', 'sound');
  const video = new library.Video('video', 'SendOnly');
  video.addH264Codec(96);
  video.addRTXCodec(97, 96, 90_000);
  video.addSSRC(1002, 'madang', 'stream', 'picture');
  peer.addTrack(audio);
  peer.addTrack(video);
  peer.createDataChannel('chat');
  const offer = new Promise((resolve) => peer.onLocalDescription((sdp) => resolve(sdp)));
  peer.setLocalDescription('offer');
  const publish = (await offer).replace(/a=(candidate|end-of-candidates).*\r\n/g, '');
  peer.close();
  library.cleanup();
  return { publish };
}

async function libwebrtc() {
  const { default: library } = await import('@roamhq/wrtc');
  const connection = new library.RTCPeerConnection();
  connection.createDataChannel('chat');
  const stream = new library.MediaStream();
  const tracks = [new library.nonstandard.RTCAudioSource(), new library.nonstandard.RTCVideoSource()].map((source) =>
    source.createTrack(),
  );
  for (const track of tracks) connection.addTrack(track, stream);
  const { sdp } = await connection.createOffer();
  for (const track of tracks) track.stop();
  connection.close();
  return { publish: sdp };
}

const asked = process.argv.slice(2);
if (!ensureBrowsers() || !ensureForeignStacks()) process.exit(1);
mkdirSync(folder, { recursive: true });
for (const [stack, record] of Object.entries(RECORDERS)) {
  if (asked.length > 0 && !asked.includes(stack)) continue;
  for (const [name, offer] of Object.entries(await record())) {
    writeFileSync(join(folder, `${stack}-${name}.sdp`), offer);
    console.log(`${stack}-${name}: ${offer.split('\n').length - 1} lines`);
  }
}
process.exit(0);
