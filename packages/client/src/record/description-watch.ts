import type { Direction } from './fact.js';

export interface SetDescription {
  readonly direction: Direction;
  readonly kind: 'offer' | 'answer';
  readonly sdp: string;
}

type Described = Pick<
  RTCPeerConnection,
  'signalingState' | 'localDescription' | 'remoteDescription' | 'currentLocalDescription'
>;

/**
 * Tells which descriptions a connection was given, by its signaling states: a browser adds candidates to a description
 * that it holds, so that comparing the texts would find the same one again and again.
 */
export class DescriptionWatch {
  readonly #pc: Described;
  #state: RTCSignalingState = 'stable';
  #begun = false;
  readonly #told = new Map<Direction, string>();

  constructor(pc: Described) {
    this.#pc = pc;
  }

  /** What was set since the last call. */
  fresh(): readonly SetDescription[] {
    const before = this.#state;
    const now = this.#pc.signalingState;
    const late = !this.#begun && now === 'stable' && this.#pc.currentLocalDescription != null;
    this.#begun = true;
    this.#state = now;
    if (late) return this.#both();
    if (now === before || now === 'closed') return [];
    if (now === 'have-local-offer') return this.#local('offer');
    if (now === 'have-remote-offer') return this.#remote('offer');
    if (now !== 'stable') return [];
    if (before === 'have-local-offer') return this.#remote('answer');
    return before === 'have-remote-offer' ? this.#local('answer') : [];
  }

  /** The connection was negotiated before anybody watched. */
  #both(): readonly SetDescription[] {
    const own = this.#pc.localDescription?.type === 'answer' ? 'answer' : 'offer';
    return own === 'offer'
      ? [...this.#local('offer'), ...this.#remote('answer')]
      : [...this.#remote('offer'), ...this.#local('answer')];
  }

  #local(kind: 'offer' | 'answer'): readonly SetDescription[] {
    return this.#fresh('sent', kind, this.#pc.localDescription);
  }

  #remote(kind: 'offer' | 'answer'): readonly SetDescription[] {
    return this.#fresh('received', kind, this.#pc.remoteDescription);
  }

  /** After an offer was withdrawn the description of before is there again: that is no fresh one. */
  #fresh(
    direction: Direction,
    kind: 'offer' | 'answer',
    description: RTCSessionDescription | null,
  ): readonly SetDescription[] {
    if (description?.type !== kind || this.#told.get(direction) === origin(description.sdp)) return [];
    this.#told.set(direction, origin(description.sdp));
    return [{ direction, kind, sdp: description.sdp }];
  }
}

/** RFC 8866 §5.2: the line that differs between any two descriptions. */
const origin = (sdp: string): string => /^o=.*$/m.exec(sdp)?.[0] ?? sdp;
