import { FORM, type Random } from '../ports/index.js';
import type { MediaAgreement } from '../sdp/index.js';
import type { LayerWish, Sfu, Subscription, Viewer } from '../sfu/index.js';
import { RtxPayloadTypes } from '../stream/index.js';
import { payloadTypesFor } from './payload-types.js';
import type { RoomTrack } from './room-track.js';

export interface ViewSectionPorts {
  readonly sfu: Sfu;
  readonly random: Random;
  readonly midIx: number;
  /** A subscription has ended. */
  readonly ended: (subscription: Subscription) => void;
}

/** One section of a viewer's description: a place where one track of the room at a time stands, or none. */
export class ViewSection {
  agreement: MediaAgreement;
  viewer: Viewer;
  readonly #ports: ViewSectionPorts;
  #track: RoomTrack | null = null;
  /** What the track was agreed to come in when it was put here. */
  #shownAs: MediaAgreement | null = null;
  #subscription: Subscription | null = null;
  #clockHz = 0;
  #wish: LayerWish = {};
  #isPaused = false;

  constructor(agreement: MediaAgreement, viewer: Viewer, ports: ViewSectionPorts) {
    this.agreement = agreement;
    this.viewer = viewer;
    this.#ports = ports;
  }

  get kind(): 'audio' | 'video' {
    return this.agreement.kind;
  }

  get track(): RoomTrack | null {
    return this.#track;
  }

  get subscription(): Subscription | null {
    return this.#subscription;
  }

  canTake(track: RoomTrack): boolean {
    if (track === this.#track && track.agreement === this.#shownAs) return true;
    return payloadTypesFor(track.agreement, this.agreement) !== null;
  }

  /** Shows another track, or none. What it shows already goes on as it is. */
  show(track: RoomTrack | null): void {
    const agreement = track?.agreement ?? null;
    if (track === this.#track && agreement === this.#shownAs) return;
    this.#track = track;
    this.#shownAs = agreement;
    const types = agreement === null ? null : payloadTypesFor(agreement, this.agreement);
    if (track === null || types === null) this.#subscription?.watch(null);
    else this.#subscriptionFor(track).watch(track.publication, types);
  }

  /** A later description says otherwise what it takes: under other numbers it begins anew. */
  update(agreement: MediaAgreement): void {
    const isSame = JSON.stringify(agreement.codecs) === JSON.stringify(this.agreement.codecs);
    this.agreement = agreement;
    if (isSame) return;
    this.show(null);
    if (this.#subscription !== null) setRtxTypes(this.#subscription.out.rtxTypes, agreement);
  }

  want(wish: LayerWish, isPaused: boolean): void {
    this.#wish = wish;
    this.#isPaused = isPaused;
    if (this.#subscription !== null) this.#apply(this.#subscription);
  }

  close(): void {
    this.#end();
    this.#track = null;
  }

  /**
   * One stream has one clock (RFC 7160 is for those who can't have it so): a track with another one comes under SSRCs of
   * its own, which the MID puts into the section.
   */
  #subscriptionFor({ agreement }: RoomTrack): Subscription {
    const clockHz = agreement.codecs[0]!.clockRate;
    if (this.#subscription !== null && this.#clockHz === clockHz) return this.#subscription;
    const isFirst = this.#clockHz === 0;
    this.#end();
    this.#clockHz = clockHz;
    this.#subscription = this.#subscribe(clockHz, isFirst);
    this.#apply(this.#subscription);
    return this.#subscription;
  }

  #end(): void {
    if (this.#subscription === null) return;
    this.#subscription.close();
    this.#ports.ended(this.#subscription);
    this.#subscription = null;
  }

  #subscribe(clockHz: number, isFirst: boolean): Subscription {
    const { sfu, random, midIx } = this.#ports;
    const { kind, sent, codecs } = this.agreement;
    const hasRtx = sent!.rtxSsrc !== null && codecs.some(({ rtxPayloadType }) => rtxPayloadType !== null);
    const rtxTypes = new RtxPayloadTypes();
    setRtxTypes(rtxTypes, this.agreement);
    const ssrc = isFirst ? sent!.ssrc : random.uint32();
    const rtxSsrc = !hasRtx ? -1 : isFirst ? sent!.rtxSsrc! : random.uint32();
    return sfu.subscribe({
      viewer: asAgreed(this.viewer, this.agreement),
      kind,
      ssrc,
      rtxSsrc,
      rtxTypes,
      midIx,
      clockHz,
      random,
    });
  }

  #apply(subscription: Subscription): void {
    if (this.kind === 'video') subscription.want(this.#wish);
    if (this.#isPaused !== subscription.isPaused) this.#isPaused ? subscription.pause() : subscription.resume();
  }
}

/** Numbers that the section did not agree to nobody would tell of: all its packets would seem lost. */
function asAgreed(viewer: Viewer, { extensions }: MediaAgreement): Viewer {
  const isNumbered = extensions.some(({ name }) => name === 'TRANSPORT_SEQ');
  if (isNumbered) viewer.sending.bandwidth.isNumbered = true;
  return isNumbered ? viewer : { ...viewer, form: viewer.form & ~FORM.TRANSPORT_SEQ };
}

function setRtxTypes(types: RtxPayloadTypes, { codecs }: MediaAgreement): void {
  for (const { payloadType, rtxPayloadType } of codecs) {
    if (rtxPayloadType !== null) types.set(rtxPayloadType, payloadType);
  }
}
