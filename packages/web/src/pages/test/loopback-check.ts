import { wait } from './device-checks.js';
import type { LoopbackFacts } from './judge.js';
import { movingPicture, softTone } from './made-up-media.js';

const CONNECTS_MS = 8_000;
const SETTLES_MS = 1_500;
const MEASURES_MS = 2_500;

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

/** Whether a way is found within some seconds. */
export async function isConnected(pc: RTCPeerConnection): Promise<boolean> {
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

/** What has come in until now. */
export async function received(pc: RTCPeerConnection) {
  const total = { bytes: 0, frames: 0, packets: 0, soundPackets: 0, missing: 0 };
  for (const row of (await pc.getStats()).values()) {
    if (row.type !== 'inbound-rtp') continue;
    total.bytes += row.bytesReceived ?? 0;
    total.packets += row.packetsReceived ?? 0;
    total.missing += row.packetsLost ?? 0;
    if (row.kind === 'video') total.frames += row.framesDecoded ?? 0;
    else total.soundPackets += row.packetsReceived ?? 0;
  }
  return total;
}
