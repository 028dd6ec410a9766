import { EXTENSION, type ExtensionPlaces, extensionText, type RtpHeader } from '../rtp/index.js';
import type { InboundLayer } from './inbound-layer.js';
import type { InboundTrack } from './inbound-track.js';

/** Whose packets an SSRC carries: a layer's own, or repetitions of them (RFC 4588). */
export interface InboundSource {
  readonly ssrc: number;
  readonly layer: InboundLayer;
  readonly isRepair: boolean;
}

/** Three layers and their repairs for each of twenty sections; whoever invents more is not listened to. */
const MOST_SOURCES = 128;

/**
 * Finds the layer that a packet belongs to, as RFC 8843 §9.2 says: by a MID it carries, else by its SSRC, else by a payload
 * type that only one section has; within a section by RID (RFC 8852), or by being the only one. An SSRC that is known
 * costs one lookup.
 */
export class BundleSorter {
  readonly #tracks = new Map<string, InboundTrack>();
  readonly #sources = new Map<number, InboundSource>();

  get tracks(): Iterable<InboundTrack> {
    return this.#tracks.values();
  }

  get sourceCount(): number {
    return this.#sources.size;
  }

  /** A section as it comes in from now on. SSRCs that the description names are known at once. */
  put(track: InboundTrack): void {
    this.#tracks.set(track.mid, track);
    for (const [ssrc, { layer }] of this.#sources) {
      if (layer.track === track && layer.ssrc !== ssrc && layer.rtxSsrc !== ssrc) this.#sources.delete(ssrc);
    }
    for (const layer of track.layers) {
      if (layer.ssrc !== null) this.#learn(layer.ssrc, layer, false);
      if (layer.rtxSsrc !== null) this.#learn(layer.rtxSsrc, layer, true);
    }
  }

  /** Null when there is no such section. */
  track(mid: string): InboundTrack | null {
    return this.#tracks.get(mid) ?? null;
  }

  remove(mid: string): void {
    this.#tracks.delete(mid);
    for (const [ssrc, { layer }] of this.#sources) if (layer.track.mid === mid) this.#sources.delete(ssrc);
  }

  /** What is known of an SSRC, signed; null for a stranger. */
  sourceOf(ssrc: number): InboundSource | null {
    return this.#sources.get(ssrc) ?? null;
  }

  /** Null for a packet that is nobody's, or whose payload type its section has not. */
  find(bytes: Uint8Array, header: RtpHeader, extensions: ExtensionPlaces): InboundSource | null {
    const known = this.#sources.get(header.ssrc);
    const isSame = known !== undefined && saysMid(bytes, extensions, known.layer.track.mid);
    const source = isSame ? known : this.#meet(bytes, header, extensions);
    return source?.layer.track.takes(header.payloadType) ? source : null;
  }

  #meet(bytes: Uint8Array, header: RtpHeader, extensions: ExtensionPlaces): InboundSource | null {
    const isNamed = extensions.at(EXTENSION.MID) >= 0;
    const mid = extensionText(bytes, extensions, EXTENSION.MID);
    const track = isNamed ? (this.#tracks.get(mid ?? '') ?? null) : this.#onlyTaker(header.payloadType);
    if (track === null || !track.takes(header.payloadType)) return null;
    const isRepair = !track.codecs.has(header.payloadType);
    const extension = isRepair ? EXTENSION.REPAIRED_RID : EXTENSION.RID;
    const isLayerNamed = extensions.at(extension) >= 0;
    const layer = isLayerNamed
      ? track.layerOf(extensionText(bytes, extensions, extension) ?? '')
      : onlyLayer(track, isRepair, isNamed);
    return layer === null ? null : this.#learn(header.ssrc, layer, isRepair);
  }

  #learn(ssrc: number, layer: InboundLayer, isRepair: boolean): InboundSource | null {
    const known = this.#sources.get(ssrc);
    if (known?.layer === layer && known.isRepair === isRepair) return known;
    const before = isRepair ? layer.rtxSsrc : layer.ssrc;
    if (before !== null && before !== ssrc) this.#sources.delete(before);
    if (known !== undefined) forget(known);
    else if (this.#sources.size >= MOST_SOURCES) return null;
    if (isRepair) layer.rtxSsrc = ssrc;
    else layer.use(ssrc);
    const source: InboundSource = { ssrc, layer, isRepair };
    this.#sources.set(ssrc, source);
    return source;
  }

  /** The one section that has a payload type; null when none has, or several. */
  #onlyTaker(payloadType: number): InboundTrack | null {
    let only: InboundTrack | null = null;
    for (const track of this.#tracks.values()) {
      if (!track.takes(payloadType)) continue;
      if (only !== null) return null;
      only = track;
    }
    return only;
  }
}

/** The layer of a section that has one; an SSRC that nothing but its payload type speaks for takes no other's place. */
function onlyLayer({ layers }: InboundTrack, isRepair: boolean, isNamed: boolean): InboundLayer | null {
  const [layer] = layers;
  if (layer === undefined || layers.length > 1) return null;
  const isFree = (isRepair ? layer.rtxSsrc : layer.ssrc) === null;
  return isFree || isNamed ? layer : null;
}

function forget({ ssrc, layer }: InboundSource): void {
  if (layer.rtxSsrc === ssrc) layer.rtxSsrc = null;
  if (layer.ssrc === ssrc) layer.ssrc = null;
}

/** Whether a packet says, or leaves unsaid, that it is of this section. Compares where the text stands. */
function saysMid(bytes: Uint8Array, extensions: ExtensionPlaces, mid: string): boolean {
  const at = extensions.at(EXTENSION.MID);
  if (at < 0) return true;
  if (extensions.lengthOf(EXTENSION.MID) !== mid.length) return false;
  for (let ix = 0; ix < mid.length; ix++) if (bytes[at + ix] !== mid.charCodeAt(ix)) return false;
  return true;
}
