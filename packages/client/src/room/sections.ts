import type { Source, TrackDescription } from '@madang/protocol';
import type { RoomEncryption } from '../encryption/index.js';
import type { LocalMedia } from '../media/index.js';
import { kindOf, SOURCES } from '../sources.js';
import { maxBitrateBps } from './encodings.js';

export interface SectionsDeps {
  /** The member at the other end. */
  readonly id: string;
  readonly media: LocalMedia;
  readonly encryption: RoomEncryption;
}

/**
 * Our side of the media sections of one RTCPeerConnection. The first audio section is the microphone's and the first
 * video section the camera's, both ways and from the first offer on, so that devices come and go by `replaceTrack`
 * alone. A screen and its sound get sections of their own when they are first shared, and keep them.
 */
export class Sections {
  readonly #pc: RTCPeerConnection;
  readonly #media: LocalMedia;
  readonly #deps: SectionsDeps;
  readonly #own = new Map<Source, RTCRtpTransceiver>();
  /** Microphone and camera name the same stream, so that browsers keep the lips in step with the voice. */
  readonly #stream: MediaStream | undefined = globalThis.MediaStream === undefined ? undefined : new MediaStream();

  constructor(pc: RTCPeerConnection, deps: SectionsDeps) {
    this.#pc = pc;
    this.#media = deps.media;
    this.#deps = deps;
  }

  /** For who makes the first offer. */
  create(publishes: boolean): void {
    for (const source of ['microphone', 'camera'] as const) if (!this.#own.has(source)) this.#add(source, publishes);
  }

  /** For who gets an offer, between taking it and answering it. */
  adopt(publishes: boolean): void {
    const { cipher } = this.#deps.encryption;
    for (const transceiver of this.#pc.getTransceivers()) cipher?.guard(transceiver);
    for (const source of ['microphone', 'camera'] as const) {
      if (this.#own.has(source)) continue;
      const transceiver = this.#pc.getTransceivers().find((other) => other.receiver.track.kind === kindOf(source));
      if (transceiver === undefined) continue;
      this.#own.set(source, transceiver);
      cipher?.sends(transceiver.sender, source);
      if (this.#stream !== undefined) transceiver.sender.setStreams?.(this.#stream);
      this.#fill(source, transceiver, publishes);
    }
  }

  /** Brings the sections up to what is in the media now. The browser says by itself whether that needs an offer. */
  publish(publishes: boolean): void {
    this.create(publishes);
    for (const source of SOURCES) {
      const transceiver = this.#own.get(source);
      if (transceiver !== undefined) this.#fill(source, transceiver, publishes);
      else if (publishes && this.#media.tracks.has(source)) this.#add(source, publishes);
    }
  }

  /** What we send in which section, for a description whose sections have their `mid`. */
  describe(): TrackDescription[] {
    const sending = [...this.#own].filter(([, { direction }]) => direction === 'sendrecv' || direction === 'sendonly');
    return sending.flatMap(([source, { mid }]) => (mid === null ? [] : [{ mid, source }]));
  }

  /** The receivers of what the other side says it sends. */
  receivers(tracks: readonly TrackDescription[]): Map<Source, RTCRtpReceiver> {
    const byMid = new Map(this.#pc.getTransceivers().map((transceiver) => [transceiver.mid, transceiver.receiver]));
    const found = new Map<Source, RTCRtpReceiver>();
    for (const { mid, source } of tracks) {
      const receiver = byMid.get(mid);
      if (receiver?.track.kind !== kindOf(source)) continue;
      found.set(source, receiver);
      this.#deps.encryption.cipher?.receives(receiver, this.#deps.id, source);
    }
    return found;
  }

  /** Holds each source to its share. Works once the sections are negotiated; before, it leaves them alone. */
  limit(others: number): void {
    for (const [source, { sender }] of this.#own) {
      const maxBitrate = maxBitrateBps(source, others);
      const parameters = sender.getParameters?.();
      const [encoding] = parameters?.encodings ?? [];
      if (maxBitrate === undefined || encoding === undefined || encoding.maxBitrate === maxBitrate) continue;
      encoding.maxBitrate = maxBitrate;
      sender.setParameters(parameters).catch(() => {});
    }
  }

  #add(source: Source, publishes: boolean): void {
    const track = publishes ? this.#trackOf(source) : null;
    const { cipher } = this.#deps.encryption;
    // What is to be encrypted is put in behind the cipher only.
    const transceiver = this.#pc.addTransceiver(cipher === undefined && track !== null ? track : kindOf(source), {
      direction: directionOf(source, publishes, true),
      streams: this.#stream !== undefined && isFixed(source) ? [this.#stream] : [],
    });
    cipher?.guard(transceiver);
    cipher?.sends(transceiver.sender, source);
    this.#own.set(source, transceiver);
    if (cipher !== undefined) this.#fill(source, transceiver, publishes);
  }

  #fill(source: Source, transceiver: RTCRtpTransceiver, publishes: boolean): void {
    const direction = directionOf(source, publishes, this.#media.tracks.has(source));
    if (transceiver.direction !== direction && transceiver.direction !== 'stopped') transceiver.direction = direction;
    const track = publishes ? this.#trackOf(source) : null;
    // Refused only when the connection is closing, or the new track needs another kind of section, which it never does.
    if (transceiver.sender.track !== track) transceiver.sender.replaceTrack(track).catch(() => {});
  }

  /** A muted camera has released its device: there is nothing to send. */
  #trackOf(source: Source): MediaStreamTrack | null {
    const track = this.#media.tracks.get(source);
    if (track === undefined || (source === 'camera' && track.muted)) return null;
    return track.mediaStreamTrack;
  }
}

const isFixed = (source: Source): boolean => source === 'microphone' || source === 'camera';

function directionOf(source: Source, publishes: boolean, present: boolean): RTCRtpTransceiverDirection {
  if (isFixed(source)) return publishes ? 'sendrecv' : 'recvonly';
  return publishes && present ? 'sendonly' : 'inactive';
}
