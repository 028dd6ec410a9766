// What a page is asked to offer, by the name of the recording. The functions run in the browser, so they stand alone.

/** A camera and a microphone made of a canvas and an oscillator, each sent in its own section. */
async function publish() {
  const connection = new RTCPeerConnection();
  const stream = document.createElement('canvas').captureStream(5);
  const audio = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];
  stream.addTrack(audio);
  connection.addTransceiver(audio, { direction: 'sendonly', streams: [stream] });
  connection.addTransceiver(stream.getVideoTracks()[0], { direction: 'sendonly', streams: [stream] });
  return (await connection.createOffer()).sdp;
}

/** The old way of an SDK: tracks without a direction of their own, and a data channel. */
async function call() {
  const connection = new RTCPeerConnection();
  connection.createDataChannel('chat');
  const stream = document.createElement('canvas').captureStream(5);
  const audio = new AudioContext().createMediaStreamDestination().stream.getAudioTracks()[0];
  connection.addTrack(audio, stream);
  connection.addTrack(stream.getVideoTracks()[0], stream);
  return (await connection.createOffer()).sdp;
}

async function simulcast() {
  const connection = new RTCPeerConnection();
  const stream = document.createElement('canvas').captureStream(5);
  connection.addTransceiver(stream.getVideoTracks()[0], {
    direction: 'sendonly',
    streams: [stream],
    sendEncodings: [
      { rid: 'h' },
      { rid: 'm', scaleResolutionDownBy: 2, active: false },
      { rid: 'l', scaleResolutionDownBy: 4 },
    ],
  });
  return (await connection.createOffer()).sdp;
}

/** Three streams that are told apart by their SSRCs: what Janus' older clients and Jitsi make of a Chromium's offer. */
async function simulcastBySsrc() {
  const connection = new RTCPeerConnection();
  const stream = document.createElement('canvas').captureStream(5);
  connection.addTransceiver(stream.getVideoTracks()[0], { direction: 'sendonly', streams: [stream] });
  const offer = await connection.createOffer();
  const [, ssrc, rtx] = /a=ssrc-group:FID (\d+) (\d+)/.exec(offer.sdp);
  const lines = offer.sdp.split('\r\n').filter((line) => !line.startsWith('a=ssrc') && line !== '');
  const about = offer.sdp.split('\r\n').filter((line) => line.startsWith(`a=ssrc:${ssrc} `));
  const pairs = [0, 1, 2].map((layer) => [Number(ssrc) - 2 * layer, Number(rtx) - 2 * layer]);
  for (const id of pairs.flat()) lines.push(...about.map((line) => line.replace(ssrc, id)));
  lines.push(`a=ssrc-group:SIM ${pairs.map(([first]) => first).join(' ')}`);
  for (const pair of pairs) lines.push(`a=ssrc-group:FID ${pair.join(' ')}`);
  await connection.setLocalDescription({ type: 'offer', sdp: `${lines.join('\r\n')}\r\n` });
  return connection.localDescription.sdp.replace(/a=candidate.*\r\n/g, '');
}

async function view() {
  const connection = new RTCPeerConnection();
  connection.addTransceiver('audio', { direction: 'recvonly' });
  connection.addTransceiver('video', { direction: 'recvonly' });
  return (await connection.createOffer()).sdp;
}

async function data() {
  const connection = new RTCPeerConnection();
  connection.createDataChannel('chat');
  return (await connection.createOffer()).sdp;
}

export const IN_CHROMIUM = { publish, call, simulcast, 'simulcast-by-ssrc': simulcastBySsrc, view, data };
export const IN_FIREFOX = { publish, call, simulcast, view, data };
