// libdatachannel: `libdatachannel.mjs publish URL CLIPS` sends H.264 and Opus by WHIP until it is told to end,
// `libdatachannel.mjs view URL` counts what comes by WHEP. Prints one line of JSON: what it saw, or that it publishes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import library from 'node-datachannel';
import { deleteSession, postOffer, untilDone, untilToldToEnd } from './whip.mjs';

const LONGEST_S = 30;
const stack = `libdatachannel by node-datachannel ${library.getLibraryVersion()}`;

/** The frames of a file that clip.py wrote. */
function frames(path) {
  const bytes = readFileSync(path);
  const list = [];
  for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at)) {
    list.push(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at)));
  }
  return list;
}

function sound(direction) {
  const audio = new library.Audio('audio', direction);
  audio.addOpusCodec(111);
  return audio;
}

function picture(direction) {
  const video = new library.Video('video', direction);
  video.addH264Codec(96);
  if (direction === 'RecvOnly') video.addVP8Codec(98);
  return video;
}

/** Sends the frames over and over, each in its time, until the function given back is called. */
function sendAll(track, packetizer, list, perSecond) {
  packetizer.addToChain(new library.RtcpSrReporter(packetizer.rtpConfig));
  packetizer.addToChain(new library.RtcpNackResponder());
  track.setMediaHandler(packetizer);
  const begun = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    while (track.isOpen() && (sent * 1_000) / perSecond < performance.now() - begun) {
      const { rtpConfig } = packetizer;
      rtpConfig.timestamp = (sent * (rtpConfig.clockRate / perSecond)) >>> 0;
      track.sendMessageBinary(list[sent % list.length]);
      sent += 1;
    }
  }, 5);
  return () => clearInterval(timer);
}

async function joined(peer, url) {
  const offered = new Promise((resolve) => peer.onLocalDescription(resolve));
  peer.setLocalDescription('offer');
  const { answer, location } = await postOffer(url, await offered);
  peer.setRemoteDescription(answer, 'answer');
  return location;
}

async function publish(peer, url, clips) {
  const audio = sound('SendOnly');
  audio.addSSRC(1_001, 'madang', 'stream', 'sound');
  const video = picture('SendOnly');
  video.addSSRC(1_002, 'madang', 'stream', 'picture');
  const [audioTrack, videoTrack] = [peer.addTrack(audio), peer.addTrack(video)];
  const location = await joined(peer, url);
  await untilDone(() => peer.state() === 'connected', LONGEST_S);
  const opus = new library.RtpPacketizer(new library.RtpPacketizationConfig(1_001, 'madang', 111, 48_000));
  const h264 = new library.H264RtpPacketizer(
    'StartSequence',
    new library.RtpPacketizationConfig(1_002, 'madang', 96, 90_000),
    1_200,
  );
  const stops = [
    sendAll(audioTrack, opus, frames(join(clips, 'opus')), 50),
    sendAll(videoTrack, h264, frames(join(clips, 'h264')), 30),
  ];
  console.log(JSON.stringify({ stack, publishes: 'H264', state: peer.state() }));
  await untilToldToEnd(4 * LONGEST_S);
  for (const stop of stops) stop();
  return location;
}

async function view(peer, url) {
  const saw = { stack, frames: 0, sound: 0, bytes: 0 };
  const tracks = [peer.addTrack(sound('RecvOnly')), peer.addTrack(picture('RecvOnly'))];
  for (const track of tracks) {
    track.setMediaHandler(new library.RtcpReceivingSession());
    track.onMessage((packet) => {
      saw.bytes += packet.length;
      // Nothing is decoded here: a frame is a packet with the marker (RFC 6184 §5.1).
      if (track.type() === 'video') saw.frames += packet[1] >> 7;
      else saw.sound += 1;
    });
  }
  const location = await joined(peer, url);
  await untilDone(() => saw.frames >= 45 && saw.sound >= 60, LONGEST_S);
  console.log(JSON.stringify(saw));
  return location;
}

const [role, url, clips] = process.argv.slice(2);
const peer = new library.PeerConnection('guest', { iceServers: [], disableAutoNegotiation: true });
await deleteSession(await { publish, view }[role](peer, url, clips));
peer.close();
library.cleanup();
process.exit(0);
