import type { FakeDescription } from './fake-description.js';

export interface FakeCandidateInit {
  readonly candidate?: string;
  readonly sdpMid?: string | null;
  readonly sdpMLineIndex?: number;
  readonly usernameFragment?: string | null;
}

/** The candidate of `address` for what `description` describes. */
export function writeCandidate(address: string, { ufrag, sections }: FakeDescription): FakeCandidateInit {
  const candidate = `candidate:1 1 udp 1 ${address} 9 typ host`;
  return { candidate, sdpMid: sections[0]?.mid ?? null, sdpMLineIndex: 0, usernameFragment: ufrag };
}

/** The addresses that the other side has told, by the ufrag they came with. */
export class FakeCandidates {
  readonly #byUfrag = new Map<string, string[]>();

  of(ufrag: string | undefined): readonly string[] {
    return (ufrag === undefined ? undefined : this.#byUfrag.get(ufrag)) ?? [];
  }

  /** Refuses what belongs to none of the `descriptions` of the other side, newest first, as a browser does. */
  add(
    { candidate = '', sdpMid, usernameFragment }: FakeCandidateInit,
    descriptions: readonly (FakeDescription | undefined)[],
  ): void {
    const known = descriptions.filter((description) => description !== undefined);
    const [newest] = known;
    if (newest === undefined) throw new DOMException('no remote description', 'InvalidStateError');
    if (candidate === '') return;
    if (sdpMid != null && !newest.sections.some(({ mid }) => mid === sdpMid)) {
      throw new DOMException('unknown section', 'OperationError');
    }
    if (usernameFragment == null || !known.some(({ ufrag }) => ufrag === usernameFragment)) {
      throw new DOMException('unknown ufrag', 'OperationError');
    }
    this.#byUfrag.set(usernameFragment, [...this.of(usernameFragment), candidate.split(' ')[4] ?? '']);
  }
}
