import library from 'node-datachannel';
import { PICTURE, SOUND } from './pictures.mjs';
import { RtpWriter } from './rtp-writer.mjs';

const SOUND_SSRC = 1_001;
const PICTURE_SSRC = 1_002;
const CONNECT_WITHIN_MS = 15_000;

/** One end of a connection by libdatachannel, which sends or receives a sound and a picture. */
export class DatachannelEndpoint {
  #peer = new library.PeerConnection('guest', { iceServers: [], disableAutoNegotiation: true });
  #sound;
  #picture;
  #isOpen = true;

  constructor(door) {
    const direction = door === 'whip' ? 'SendOnly' : 'RecvOnly';
    const sound = new library.Audio('audio', direction);
    sound.addOpusCodec(111);
    const picture = new library.Video('video', direction);
    picture.addVP8Codec(96);
    if (door === 'whip') {
      sound.addSSRC(SOUND_SSRC, 'soak', 'stream', 'sound');
      picture.addSSRC(PICTURE_SSRC, 'soak', 'stream', 'picture');
    }
    const [soundTrack, pictureTrack] = [this.#peer.addTrack(sound), this.#peer.addTrack(picture)];
    this.#sound = { track: soundTrack, writer: new RtpWriter({ ssrc: SOUND_SSRC, payloadType: 111, ticks: 2_400 }) };
    this.#picture = {
      track: pictureTrack,
      writer: new RtpWriter({ ssrc: PICTURE_SSRC, payloadType: 96, ticks: 9_000 }),
    };
    if (door === 'whip') return;
    for (const track of [soundTrack, pictureTrack]) track.setMediaHandler(new library.RtcpReceivingSession());
  }

  async offer() {
    const offered = new Promise((resolve) => this.#peer.onLocalDescription((sdp) => resolve({ sdp })));
    this.#peer.setLocalDescription('offer');
    return offered;
  }

  /** Resolves when the connection is there; rejects when it fails. */
  connect(answer) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no connection in time')), CONNECT_WITHIN_MS);
      this.#peer.onStateChange((state) => {
        if (state === 'connecting') return;
        clearTimeout(timer);
        if (state === 'connected') resolve();
        else reject(new Error(`the connection is ${state}`));
      });
      this.#peer.setRemoteDescription(answer, 'answer');
    });
  }

  sendSound() {
    this.#send(this.#sound, SOUND);
  }

  sendPicture() {
    this.#send(this.#picture, PICTURE);
  }

  /** Without a word to the other side: the library has none for it. */
  close() {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#peer.close();
  }

  #send({ track, writer }, payload) {
    if (!this.#isOpen || !track.isOpen()) return;
    try {
      track.sendMessageBinary(writer.next(payload));
    } catch (error) {
      // The library's own thread may have closed it since.
      if (track.isOpen()) throw error;
    }
  }
}
