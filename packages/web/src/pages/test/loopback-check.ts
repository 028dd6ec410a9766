import { wait } from './device-checks.js';
import type { LoopbackFacts } from './judge.js';

const CONNECTS_MS = 8_000;
const SETTLES_MS = 1_500;
const MEASURES_MS = 2_500;
const FRAMES_PER_SECOND = 20;

/** A call between two connections of this page, with a picture and a sound made up here, measured for some seconds. */
export async function callOneself(iceServers: readonly object[]): Promise<LoopbackFacts> {
  const configuration = { iceServers: iceServers.map((server) => ({ ...server })) as RTCIceServer[] };
  const [a, b] = [new RTCPeerConnection(configuration), new RTCPeerConnection(configuration)];
  const [picture, sound] = [movingPicture(), softTone()];
  try {
    hand(a, b);
    hand(b, a);
    a.addTrack(picture.track);
    a.addTrack(sound.track);
    await a.setLocalDescription();
    await b.setRemoteDescription(a.localDescription!);
    await b.setLocalDescription();
    await a.setRemoteDescription(b.localDescription!);
    const connected = await isConnected(b);
    if (!connected) return { connected, bps: 0, framesPerSecond: 0, soundPackets: 0 };
    await wait(SETTLES_MS);
    const before = await received(b);
    await wait(MEASURES_MS);
    const after = await received(b);
    const seconds = MEASURES_MS / 1_000;
    return {
      connected,
      bps: ((after.bytes - before.bytes) * 8) / seconds,
      framesPerSecond: (after.frames - before.frames) / seconds,
      soundPackets: after.soundPackets - before.soundPackets,
    };
  } finally {
    for (const end of [picture, sound]) end.stop();
    for (const pc of [a, b]) pc.close();
  }
}

function hand(from: RTCPeerConnection, to: RTCPeerConnection): void {
  from.onicecandidate = ({ candidate }) => {
    if (candidate) to.addIceCandidate(candidate).catch(() => {});
  };
}

async function isConnected(pc: RTCPeerConnection): Promise<boolean> {
  const done = new Promise<boolean>((resolve) => {
    const look = () => {
      if (pc.connectionState === 'connected') resolve(true);
      if (pc.connectionState === 'failed') resolve(false);
    };
    pc.onconnectionstatechange = look;
    look();
  });
  return await Promise.race([done, wait(CONNECTS_MS).then(() => false)]);
}

async function received(pc: RTCPeerConnection) {
  const total = { bytes: 0, frames: 0, soundPackets: 0 };
  for (const row of (await pc.getStats()).values()) {
    if (row.type !== 'inbound-rtp') continue;
    total.bytes += row.bytesReceived ?? 0;
    if (row.kind === 'video') total.frames += row.framesDecoded ?? 0;
    else total.soundPackets += row.packetsReceived ?? 0;
  }
  return total;
}

/** Bars that wander over coloured ground, enough for an encoder to have work. */
function movingPicture() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
  const context = canvas.getContext('2d')!;
  let turn = 0;
  const draw = () => {
    turn += 1;
    for (let ix = 0; ix < 32; ix++) {
      context.fillStyle = `hsl(${(ix * 37 + turn * 3) % 360} 70% 50%)`;
      context.fillRect(ix * 20, 0, 20, 360);
    }
    context.fillStyle = '#fff';
    context.fillRect((turn * 11) % 600, (turn * 7) % 320, 40, 40);
  };
  draw();
  const [track] = canvas.captureStream(FRAMES_PER_SECOND).getVideoTracks();
  const timer = setInterval(draw, 1_000 / FRAMES_PER_SECOND);
  return {
    track: track!,
    stop() {
      clearInterval(timer);
      track!.stop();
    },
  };
}

function softTone() {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: 330 });
  const output = context.createMediaStreamDestination();
  tone.connect(new GainNode(context, { gain: 0.1 })).connect(output);
  tone.start();
  const [track] = output.stream.getAudioTracks();
  return {
    track: track!,
    stop() {
      tone.stop();
      track!.stop();
      context.close().catch(() => {});
    },
  };
}
