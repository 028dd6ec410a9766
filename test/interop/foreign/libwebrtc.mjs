// libwebrtc, in Node: `libwebrtc.mjs publish URL` sends VP8 and Opus by WHIP until it is told to end,
// `libwebrtc.mjs view URL` decodes what comes by WHEP. Prints one line of JSON: what it saw, or that it publishes.
import library from '@roamhq/wrtc';
import { deleteSession, postOffer, untilDone, untilToldToEnd } from './whip.mjs';

const { MediaStream, RTCPeerConnection, nonstandard } = library;
const LONGEST_S = 30;
const WIDTH = 320;
const HEIGHT = 240;
const stack = 'libwebrtc';

/** A grey that changes from frame to frame, and a tone, until `stop`. */
function source() {
  const picture = new nonstandard.RTCVideoSource();
  const sound = new nonstandard.RTCAudioSource();
  let count = 0;
  const frames = setInterval(() => {
    count += 1;
    const data = new Uint8ClampedArray(WIDTH * HEIGHT * 1.5).fill(count % 256);
    picture.onFrame({ width: WIDTH, height: HEIGHT, data });
  }, 33);
  // Whole waves, so that one piece goes on where the last ended.
  const samples = Int16Array.from({ length: 480 }, (_, ix) => 8_000 * Math.sin((2 * Math.PI * ix) / 96));
  const tone = setInterval(() => {
    sound.onData({ samples, sampleRate: 48_000, bitsPerSample: 16, channelCount: 1, numberOfFrames: 480 });
  }, 10);
  const tracks = [sound.createTrack(), picture.createTrack()];
  const stop = () => {
    clearInterval(frames);
    clearInterval(tone);
    for (const track of tracks) track.stop();
  };
  return { tracks, stop };
}

async function join(connection, url) {
  await connection.setLocalDescription(await connection.createOffer());
  const { answer, location } = await postOffer(url, connection.localDescription.sdp);
  await connection.setRemoteDescription({ type: 'answer', sdp: answer });
  return location;
}

async function publish(connection, url) {
  const { tracks, stop } = source();
  const stream = new MediaStream();
  for (const track of tracks) connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
  const location = await join(connection, url);
  await untilDone(() => connection.connectionState === 'connected', LONGEST_S);
  console.log(JSON.stringify({ stack, publishes: 'VP8', state: connection.connectionState }));
  await untilToldToEnd(4 * LONGEST_S);
  stop();
  return location;
}

async function view(connection, url) {
  const saw = { stack, frames: 0, height: 0, sound: 0 };
  const sinks = [];
  connection.ontrack = ({ track }) => {
    const Sink = track.kind === 'video' ? nonstandard.RTCVideoSink : nonstandard.RTCAudioSink;
    const sink = new Sink(track);
    sinks.push(sink);
    sink.onframe = ({ frame }) => {
      saw.frames += 1;
      saw.height = frame.height;
    };
    sink.ondata = () => {};
  };
  for (const kind of ['audio', 'video']) connection.addTransceiver(kind, { direction: 'recvonly' });
  const location = await join(connection, url);
  // Its sink gives silence where nothing came, so sound is counted by packets.
  const count = setInterval(() => void countSound(connection, saw), 200);
  await untilDone(() => saw.frames >= 45 && saw.sound >= 60, LONGEST_S);
  clearInterval(count);
  for (const sink of sinks) sink.stop();
  console.log(JSON.stringify(saw));
  return location;
}

async function countSound(connection, saw) {
  const stats = [...(await connection.getStats()).values()];
  const sound = stats.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  saw.sound = sound?.packetsReceived ?? 0;
}

const [role, url] = process.argv.slice(2);
const connection = new RTCPeerConnection();
await deleteSession(await { publish, view }[role](connection, url));
connection.close();
process.exit(0);
