import type { Source, TrackDescription } from '@madang/protocol';
import type { MediaCipher } from '../encryption/index.js';
import type { LocalMedia } from '../media/index.js';
import { kindOf, SOURCES } from '../sources.js';
import { maxBitrateBps } from './encodings.js';
import { cameraEncodings, type PictureSize } from './simulcast.js';

/** Of a camera that does not say. */
const USUAL: PictureSize = { width: 640, height: 480 };

/**
 * The media sections of one connection on which we send to the media server, one for each source: made when there is
 * something of it the first time, and kept. Muting and devices that come and go are `replaceTrack` alone.
 */
export class PublishSections {
  readonly #pc: RTCPeerConnection;
  readonly #media: LocalMedia;
  readonly #cipher: MediaCipher | undefined;
  readonly #own = new Map<Source, RTCRtpTransceiver>();
  readonly #wanted = new Map<Source, readonly boolean[]>();
  /** What is in one stream is kept in step by whoever plays it. */
  readonly #person = newStream();
  readonly #screen = newStream();

  constructor(pc: RTCPeerConnection, media: LocalMedia, cipher: MediaCipher | undefined) {
    this.#pc = pc;
    this.#media = media;
    this.#cipher = cipher;
  }

  /** Brings the sections up to what is in the media now. The browser says by itself whether that needs an offer. */
  publish(): void {
    for (const source of SOURCES) {
      const transceiver = this.#own.get(source);
      if (transceiver !== undefined) this.#fill(source, transceiver);
      else if (this.#media.tracks.has(source)) this.#add(source);
    }
  }

  /** What we send in which section, for a description whose sections have their `mid`. */
  describe(): TrackDescription[] {
    const sending = [...this.#own].filter(([, { direction }]) => direction === 'sendonly');
    return sending.flatMap(([source, { mid }]) => (mid === null ? [] : [{ mid, source }]));
  }

  sourceOf(section: RTCRtpTransceiver): Source | undefined {
    return SOURCES.find((source) => this.#own.get(source) === section);
  }

  /** Which encodings of a source anybody is to be sent: the others rest. */
  want(source: Source, encodings: readonly boolean[]): void {
    this.#wanted.set(source, encodings);
    this.limit();
  }

  /** Holds each source to its rates. Works once the sections are negotiated; before, it leaves them alone. */
  limit(): void {
    for (const [source, { sender }] of this.#own) {
      const parameters = sender.getParameters?.();
      if (parameters === undefined || parameters.encodings.length === 0 || kindOf(source) === 'audio') continue;
      const before = JSON.stringify(parameters.encodings);
      const wished = this.#encodings(source);
      for (const [ix, encoding] of parameters.encodings.entries()) Object.assign(encoding, wished[ix]);
      if (JSON.stringify(parameters.encodings) !== before) sender.setParameters(parameters).catch(() => {});
    }
  }

  #add(source: Source): void {
    const stream = source === 'screen' || source === 'screen-audio' ? this.#screen : this.#person;
    // What is to be encrypted is put in behind the cipher only.
    const track = this.#cipher === undefined ? this.#trackOf(source) : null;
    const transceiver = this.#pc.addTransceiver(track ?? kindOf(source), {
      direction: 'sendonly',
      streams: stream === undefined ? [] : [stream],
      ...(kindOf(source) === 'audio' ? {} : { sendEncodings: this.#encodings(source) }),
    });
    this.#cipher?.guard(transceiver);
    this.#cipher?.sends(transceiver.sender, source);
    this.#own.set(source, transceiver);
    if (this.#cipher !== undefined) this.#fill(source, transceiver);
  }

  #fill(source: Source, transceiver: RTCRtpTransceiver): void {
    const { sender } = transceiver;
    const direction = this.#media.tracks.has(source) ? 'sendonly' : 'inactive';
    if (transceiver.direction !== direction && transceiver.direction !== 'stopped') transceiver.direction = direction;
    const track = this.#trackOf(source);
    if (sender.track === track) return;
    // Refused only when the connection is closing. Another camera may be of another size.
    sender.replaceTrack(track).then(
      () => this.limit(),
      () => {},
    );
  }

  #encodings(source: Source): RTCRtpEncodingParameters[] {
    if (source === 'camera') return cameraEncodings(this.#sizeOf(source), this.#wanted.get(source));
    const maxBitrate = maxBitrateBps(source, 1);
    const active = this.#wanted.get(source)?.some(Boolean) ?? true;
    return [{ active, ...(maxBitrate === undefined ? {} : { maxBitrate }) }];
  }

  #sizeOf(source: Source): PictureSize {
    const { width, height } = this.#trackOf(source)?.getSettings() ?? {};
    return width && height ? { width, height } : USUAL;
  }

  /** A muted camera has released its device: there is nothing to send. */
  #trackOf(source: Source): MediaStreamTrack | null {
    const track = this.#media.tracks.get(source);
    if (track === undefined || (source === 'camera' && track.muted)) return null;
    return track.mediaStreamTrack;
  }
}

function newStream(): MediaStream | undefined {
  return globalThis.MediaStream === undefined ? undefined : new MediaStream();
}
