import {
  firEntries,
  firSsrc,
  PAYLOAD_FEEDBACK_FORMAT,
  RTCP,
  readNack,
  TRANSPORT_FEEDBACK_FORMAT,
} from '../../../packages/engine/dist/rtp/index.js';
import { SOUND } from '../pictures.mjs';
import { offerOf } from './descriptions.mjs';
import { LightConnection } from './light-connection.mjs';
import { PictureSender } from './picture-sender.mjs';
import { SentStream } from './sent-stream.mjs';

const FRAME_MS = 100;
const SOUND_MS = 20;
/** How far behind a sender may be that still sends all. */
const MOST_BEHIND_MS = 500;
const MOST_LOST = 256;

let lastSsrc = 10_000;

/** A light member's publishing connection: a microphone, a camera in three sizes, and now and then a screen. */
export class Publisher {
  connection;
  /** By source: {mid, source, isSound, isOn, layers}; in the order of the description. */
  #tracks = new Map();
  /** By SSRC, as signed numbers. */
  #senders = new Map();
  #soundAt = 0;
  #frameAt = 0;
  #lost = new Uint16Array(MOST_LOST);

  /** `clips`: of the camera, smallest first, and of a screen. */
  constructor({ addresses, clips }) {
    this.connection = new LightConnection(addresses);
    this.connection.onRtcp = (cursor) => this.#rtcp(cursor);
    this.clips = clips;
    this.#add('microphone', [null]);
    this.#add('camera', clips.camera);
  }

  /** What goes into the request `publish`: an offer, and which section is what. */
  describe() {
    const tracks = [...this.#tracks.values()];
    return {
      sdp: offerOf(this.connection.endpoint.own, tracks),
      tracks: tracks.filter(({ isOn }) => isOn).map(({ mid, source }) => ({ mid, source })),
    };
  }

  /** Shares a screen, or stops it. Wants to be published anew. */
  setScreen(isOn) {
    if (!this.#tracks.has('screen')) this.#add('screen', [this.clips.screen]);
    this.#tracks.get('screen').isOn = isOn;
  }

  /** Which encodings of a source are to be sent. */
  want(source, encodings) {
    for (const [ix, layer] of (this.#tracks.get(source)?.layers ?? []).entries())
      layer.sender?.setWanted(encodings[ix]);
  }

  /** Sends what is due of the sources that `isOn` says are on. */
  send(now, isOn) {
    if (!this.connection.isConnected) return;
    for (this.#soundAt = latest(this.#soundAt, now); this.#soundAt <= now; this.#soundAt += SOUND_MS) {
      const [{ stream }] = this.#tracks.get('microphone').layers;
      if (isOn('microphone')) stream.packet(SOUND, stream.rtpTs(this.#soundAt), false);
    }
    for (this.#frameAt = latest(this.#frameAt, now); this.#frameAt <= now; this.#frameAt += FRAME_MS) {
      for (const { source, layers } of this.#tracks.values()) {
        if (source === 'microphone' || !isOn(source)) continue;
        for (const { sender } of layers) sender.show(this.#frameAt);
      }
    }
    for (const { layers } of this.#tracks.values()) for (const { stream } of layers) stream.report(now);
    this.connection.keepConsent(now);
    this.connection.flush();
  }

  #add(source, clips) {
    const isSound = source === 'microphone';
    const { connection } = this;
    const layers = clips.map((clip) => {
      const ssrc = ++lastSsrc;
      const stream = new SentStream({
        connection,
        kind: isSound ? 'audio' : 'video',
        ssrc,
        ...(isSound ? {} : { rtxSsrc: ssrc + 1_000_000 }),
      });
      const sender = isSound ? null : new PictureSender(stream, clip);
      if (sender !== null) this.#senders.set(ssrc | 0, sender);
      return { ssrc, rtxSsrc: stream.rtxSsrc, stream, sender };
    });
    this.#tracks.set(source, { mid: String(this.#tracks.size), source, isSound, isOn: true, layers });
  }

  #rtcp(cursor) {
    const { PLI, FIR } = PAYLOAD_FEEDBACK_FORMAT;
    if (cursor.type === RTCP.PAYLOAD_FEEDBACK && cursor.count === PLI) {
      this.#senders.get(cursor.mediaSsrc | 0)?.wantKeyframe();
    } else if (cursor.type === RTCP.PAYLOAD_FEEDBACK && cursor.count === FIR) {
      for (let ix = 0; ix < firEntries(cursor); ix++) this.#senders.get(firSsrc(cursor, ix) | 0)?.wantKeyframe();
    } else if (cursor.type === RTCP.TRANSPORT_FEEDBACK && cursor.count === TRANSPORT_FEEDBACK_FORMAT.NACK) {
      const count = readNack(cursor, this.#lost);
      const stream = this.#senders.get(cursor.mediaSsrc | 0)?.stream;
      for (let ix = 0; ix < count; ix++) stream?.repeat(this.#lost[ix]);
    }
  }
}

function latest(at, now) {
  return at < now - MOST_BEHIND_MS ? now : at;
}
