import type { SeededRandom } from '@madang/testkit';
import {
  type AnswerRequest,
  acceptAnswer,
  answerOffer,
  CODECS,
  type Negotiation,
  OPUS,
  offerTracks,
  readDescription,
  SDP_LIMITS,
  type SentTrack,
  type SessionDescription,
  writeDescription,
} from '../../packages/engine/src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND, VIEWING } from '../../packages/engine/test/ends.js';
import { type FuzzTarget, must } from '../fuzz-run.js';
import { shortOffers } from './short-offers.js';
import { TextMutator } from './text-mutator.js';

const FEW_CODECS = [OPUS, ...CODECS.filter(({ name }) => name === 'VP8' || name === 'H264').slice(0, 2)];
const TAKES_ONE = { ...PUBLISHING, codecs: FEW_CODECS };
const TAKES_ALL = { ...VIEWING, codecs: FEW_CODECS, take: 'all' as const };
const BROWSER = {
  ...LOCAL,
  iceLite: false,
  dtlsRole: 'client' as const,
  credentials: { ufrag: 'brws', pwd: 'browserPasswordOf24Chars' },
};
const MOST_TRACKS = 6;
const MOST_STEPS = 40;

/** Any number of tracks of a room, of which some are gone the next time. */
function tracksOf(random: SeededRandom): SentTrack[] {
  const tracks: SentTrack[] = [];
  for (let nth = 0; nth < MOST_TRACKS; nth++) {
    if (random.chance(0.4)) continue;
    const ssrc = 5000 + 10 * nth;
    const base = nth % 2 === 0 ? SOUND : PICTURE;
    tracks.push({ ...base, trackId: `track-${nth}`, ssrc, rtxSsrc: nth % 2 === 0 ? null : ssrc + 1 });
  }
  return tracks;
}

/** A closed section keeps a format, which may be one that has a meaning without a line of its own. */
function withoutClosedCodecs({ sections, ...session }: SessionDescription): SessionDescription {
  return {
    ...session,
    sections: sections.map((section) => (section.port === 0 ? { ...section, codecs: [] } : section)),
  };
}

function mids({ sections }: SessionDescription): (string | null)[] {
  return sections.map(({ mid }) => mid);
}

/**
 * The state after the same offer has come again, which changes nothing but once: numbers of header extensions that the
 * offer before used otherwise are free only now.
 */
function settled(request: AnswerRequest): Negotiation {
  const again = answerOffer(request);
  if ('refused' in again) throw new Error(`the same offer again is refused: ${again.refused}`);
  const third = answerOffer({ ...request, state: again.state });
  if ('refused' in third) throw new Error(`the same offer again is refused: ${third.refused}`);
  must(third.changes.length === 0, () => `the same offer goes on changing: ${JSON.stringify(third.changes)}`);
  return again.state;
}

/**
 * One connection after another, on which both sides describe themselves again and again, the other side with damaged
 * texts. What we say is always sound, and the same description again comes to rest.
 */
export class NegotiationFuzz implements FuzzTarget {
  readonly counts = { answered: 0, answerRefused: 0, offered: 0, accepted: 0, acceptRefused: 0, unread: 0, changes: 0 };
  readonly #random: SeededRandom;
  readonly #mutator: TextMutator;
  readonly #offers = shortOffers();
  #state: Negotiation | null = null;
  #theirs: Negotiation | null = null;
  #text = '';
  #weOffer = false;
  #left = 0;

  constructor(random: SeededRandom) {
    this.#random = random;
    this.#mutator = new TextMutator(random, this.#offers);
  }

  step(): void {
    if (this.#left-- === 0) this.#begin();
    if (this.#weOffer) this.#offer();
    else this.#answer();
  }

  #begin(): void {
    this.#state = null;
    this.#theirs = null;
    this.#left = 1 + this.#random.below(MOST_STEPS);
    this.#weOffer = this.#random.chance(0.5);
    this.#text = this.#random.pick(this.#offers);
  }

  #answer(): void {
    const text = this.#mutator.changed(this.#text, 4);
    const offer = this.#read(text);
    if (offer === null) return;
    const tracks = tracksOf(this.#random);
    const capabilities = this.#random.chance(0.5) ? TAKES_ONE : TAKES_ALL;
    const request = { offer, capabilities, local: LOCAL, tracks, sessionId: '77' };
    const done = answerOffer({ ...request, state: this.#state });
    if ('refused' in done) {
      this.counts.answerRefused++;
      return;
    }
    this.counts.answered++;
    this.counts.changes += done.changes.length;
    this.#isSound(done.answer);
    must(done.answer.sections.length === offer.sections.length, () => 'an answer of other sections');
    this.#state = settled({ ...request, state: done.state });
    if (this.#random.chance(0.3)) this.#text = text;
  }

  #offer(): void {
    const random = this.#random;
    const wanted = { tracks: tracksOf(random), dataChannels: random.chance(0.3), restartIce: random.chance(0.2) };
    const { offer, pending } = offerTracks({
      ...wanted,
      codecs: FEW_CODECS,
      local: LOCAL,
      state: this.#state,
      sessionId: '77',
    });
    this.counts.offered++;
    this.#isSound(offer);
    // Nothing of it is the other side's, so no damaged word of theirs can be in it.
    must(!/NaN|undefined|null/.test(JSON.stringify(mids(offer))), () => `mids: ${mids(offer)}`);
    must(new Set(mids(offer)).size === offer.sections.length, () => `mids that are not told apart: ${mids(offer)}`);
    must(offer.sections.length <= MOST_TRACKS + MOST_STEPS, () => `${offer.sections.length} sections`);
    const answer = this.#answerTo(offer);
    if (answer === null) return;
    const done = acceptAnswer(pending, answer, this.#state);
    if ('refused' in done) {
      this.counts.acceptRefused++;
      return;
    }
    this.counts.accepted++;
    this.counts.changes += done.changes.length;
    const again = acceptAnswer(pending, answer, done.state);
    must(!('refused' in again) && again.changes.length === 0, () => 'the same answer again changes something');
    this.#state = done.state;
  }

  /** The answer of a browser, damaged on its way. */
  #answerTo(offer: SessionDescription): SessionDescription | null {
    const done = answerOffer({
      offer,
      capabilities: { ...PUBLISHING, codecs: FEW_CODECS },
      local: BROWSER,
      tracks: [],
      state: this.#random.chance(0.9) ? this.#theirs : null,
      sessionId: '9',
    });
    if ('refused' in done) return null;
    this.#theirs = done.state;
    return this.#read(this.#mutator.changed(writeDescription(done.answer), this.#random.chance(0.3) ? 0 : 3));
  }

  #read(text: string): SessionDescription | null {
    const read = readDescription(text);
    if (!('fault' in read)) return read;
    this.counts.unread++;
    return null;
  }

  /** Our own description is read by our own reader as it was meant, and names nothing twice. */
  #isSound(description: SessionDescription): void {
    const text = writeDescription(description);
    const read = readDescription(text);
    if ('fault' in read) throw new Error(`${read.fault} in line ${read.line} of ours: ${text}`);
    must(writeDescription(withoutClosedCodecs(read)) === text, () => `ours is read otherwise: ${text}`);
    must(read.sections.length <= SDP_LIMITS.sections, () => `${read.sections.length} sections`);
    must(!text.includes('a=crypto'), () => `keys in the open: ${text}`);
    for (const { port, formats, codecs, mid } of read.sections) {
      must(port === 0 || mid !== null, () => `a section without a mid: ${text}`);
      must(port === 0 || codecs.length === 0 || new Set(formats).size === codecs.length, () => `formats: ${text}`);
    }
  }
}
