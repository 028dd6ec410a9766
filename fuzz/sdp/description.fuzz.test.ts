import type { SeededRandom } from '@madang/testkit';
import {
  readCandidate,
  readDescription,
  readFragment,
  SDP_LIMITS,
  type SessionDescription,
  writeCandidate,
  writeDescription,
  writeFragment,
} from '../../packages/engine/src/sdp/index.js';
import { type FuzzTarget, fuzzRun, must } from '../fuzz-run.js';
import { shortOffers } from './short-offers.js';
import { TextMutator } from './text-mutator.js';

/** Whatever the text: what was read of it, at every fourth, is written, read and written as the same text again. */
class DescriptionTarget implements FuzzTarget {
  readonly counts = { read: 0, refused: 0, sections: 0 };
  readonly #mutator: TextMutator;

  constructor(random: SeededRandom) {
    this.#mutator = new TextMutator(random, shortOffers());
  }

  step(): void {
    const read = readDescription(this.#mutator.next());
    if ('fault' in read) {
      this.counts.refused++;
      return;
    }
    this.counts.read++;
    this.#lookAt(read);
    if ((this.counts.read & 3) !== 0) return;
    const written = writeDescription(read);
    const again = readDescription(written);
    if ('fault' in again) throw new Error(`${again.fault} in line ${again.line} of what was written: ${written}`);
    must(writeDescription(again) === written, () => `it is not the same twice: ${written}`);
  }

  #lookAt({ sections }: SessionDescription): void {
    this.counts.sections += sections.length;
    must(sections.length <= SDP_LIMITS.sections, () => `${sections.length} sections`);
    for (const section of sections) {
      must(section.candidates.length <= SDP_LIMITS.candidates, () => `${section.candidates.length} candidates`);
      must(section.rids.length <= SDP_LIMITS.rids, () => `${section.rids.length} rids`);
      must(section.transport.fingerprints.length <= 8, () => 'fingerprints without end');
    }
  }
}

const FRAGMENTS = [
  'a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag EsAw network-id 1\r\na=end-of-candidates',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:audio\r\na=candidate:1 1 tcp 1 2001:db8::1 9 typ host tcptype active\r\nm=video 9 x 96\r\na=mid:video\r\na=candidate:2 1 UDP 5 a.local 5 typ srflx raddr 0.0.0.0 rport 0',
];

/** Trickled candidates, together and one by one. */
class FragmentTarget implements FuzzTarget {
  readonly counts = { read: 0, refused: 0, candidates: 0 };
  readonly #mutator: TextMutator;

  constructor(random: SeededRandom) {
    this.#mutator = new TextMutator(random, FRAGMENTS);
  }

  step(): void {
    const text = this.#mutator.next(4);
    const read = readFragment(text);
    if ('fault' in read) {
      this.counts.refused++;
      return;
    }
    this.counts.read++;
    const written = writeFragment(read);
    const again = readFragment(written);
    if ('fault' in again) throw new Error(`${again.fault} in line ${again.line} of what was written: ${written}`);
    must(writeFragment(again) === written, () => `it is not the same twice: ${written}`);
    for (const { candidates } of read.sections) {
      must(candidates.length <= SDP_LIMITS.candidates, () => `${candidates.length} candidates`);
      for (const candidate of candidates) {
        const line = writeCandidate(candidate);
        const same = readCandidate(line);
        must(same !== null && writeCandidate(same) === line, () => `another candidate than ${line}`);
        this.counts.candidates++;
      }
    }
  }
}

fuzzRun('descriptions', 2_000, (random) => new DescriptionTarget(random));
fuzzRun('trickled fragments', 5_000, (random) => new FragmentTarget(random));
