import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Chromium } from './support/chromium.js';
import { Firefox } from './support/firefox.js';
import { hears, lookAtPictures, seesMoving, soundEnergyOver } from './support/media-checks.js';
import { StaticSite } from './support/static-site.js';
import type { Tab } from './support/tab.js';

/** A page that calls itself, with what `?picture=` and `?sound=` ask for. */
const SELF_CALL = `<!doctype html><title>Self-call</title><body><script type="module">
  const wish = new URL(location.href).searchParams;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  const draw = canvas.getContext('2d');
  const paint = () => {
    draw.fillStyle = wish.get('picture') === 'black' ? '#000' : '#7ac';
    draw.fillRect(0, 0, 320, 180);
    draw.fillStyle = '#fff';
    if (wish.get('picture') === 'moving') draw.fillRect((performance.now() / 5) % 260, 40, 60, 90);
  };
  setInterval(paint, 33);
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
  microphone.getTracks()[0].enabled = wish.get('sound') !== 'silence';
  const [a, b] = [new RTCPeerConnection(), new RTCPeerConnection()];
  a.onicecandidate = ({ candidate }) => candidate && b.addIceCandidate(candidate);
  b.onicecandidate = ({ candidate }) => candidate && a.addIceCandidate(candidate);
  const seen = new MediaStream();
  const video = Object.assign(document.createElement('video'), { autoplay: true, playsInline: true, srcObject: seen });
  document.body.append(video);
  b.ontrack = ({ track }) => seen.addTrack(track);
  const sent = new MediaStream([...canvas.captureStream(30).getTracks(), ...microphone.getTracks()]);
  for (const track of sent.getTracks()) a.addTrack(track, sent);
  await a.setLocalDescription();
  await b.setRemoteDescription(a.localDescription);
  await b.setLocalDescription();
  await a.setRemoteDescription(b.localDescription);
  await video.play();
</script>`;

describe.each([
  { name: 'Chromium', launch: () => Chromium.launch() },
  { name: 'Firefox', launch: () => Firefox.launch() },
])('in $name, what this suite calls seeing and hearing', ({ launch }) => {
  let site: StaticSite;
  let browser: Chromium | Firefox;
  let tab: Tab;

  beforeAll(async () => {
    site = await StaticSite.of({ '/': SELF_CALL });
    browser = await launch();
    tab = await browser.tab();
  });

  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  test('is met by a moving picture and a microphone', async () => {
    await tab.goto(`${site.address}/?picture=moving&sound=microphone`);
    await seesMoving(tab, 1);
    await hears(tab, 1);
    expect(await tab.evaluate(() => window.madangProbe.connections())).toBe(2);
    expect(await tab.evaluate(() => window.madangProbe.offers())).toBe(1);
  });

  test('is not met by a still picture', async () => {
    await tab.goto(`${site.address}/?picture=still&sound=microphone`);
    await hears(tab, 1);
    const [picture] = await lookAtPictures(tab, 500);
    expect(picture).toMatchObject({ movedValues: 0, moving: false });
  });

  test('is not met by black and silence', async () => {
    await tab.goto(`${site.address}/?picture=black&sound=silence`);
    await expect(seesMoving(tab, 1, 1_000)).rejects.toThrow('waited 1000 ms');
    const [picture] = await lookAtPictures(tab, 500);
    expect(picture).toMatchObject({ moving: false });
    expect(picture!.brightest).toBeLessThan(40);
    expect(await soundEnergyOver(tab, 1_000)).toBeLessThan(1e-4);
    await expect(hears(tab, 1, 1_000)).rejects.toThrow('waited 1000 ms');
  });
});
