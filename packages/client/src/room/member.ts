import type { MediaState, Member as MemberData, Role, Source } from '@madang/protocol';
import type { EncryptionState } from '../encryption/index.js';
import type { LocalTrack, RemoteTrack } from '../media/index.js';
import type { Path } from '../path/index.js';

/** The direct connection to another member. */
export interface Peer {
  readonly state: PeerState;
  /** The way the packets take, once it is known. */
  readonly path?: Path | undefined;
  /** Sound and picture that came once stay away; the way is looked for anew. */
  readonly interrupted?: boolean;
  /** Looks for a way anew, keeping the call. */
  restartIce(): void;
  /** As RTCPeerConnection.getStats. */
  getStats(): Promise<RTCStatsReport>;
}

export type PeerState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed';

/** A track of a member: one's own, or another's. */
export type Track = LocalTrack | RemoteTrack;

/** Somebody in the room. The object stays the same as long as the member stays; its values follow the room. */
export class Member {
  readonly isSelf: boolean;
  #data: MemberData;
  #speaking = false;
  #audioLevel = 0;
  #peer: Peer | undefined;
  #encryption: EncryptionState | undefined;
  readonly #tracks = new Map<Source, Track>();

  /** @internal Members come from a `Room`. */
  constructor(data: MemberData, isSelf: boolean) {
    this.#data = data;
    this.isSelf = isSelf;
  }

  /** One's own changes when a lost membership had to be begun anew. */
  get id(): string {
    return this.#data.id;
  }
  get name(): string {
    return this.#data.name;
  }
  get role(): Role {
    return this.#data.role;
  }
  get media(): MediaState {
    return this.#data.media;
  }
  /** Wall-clock milliseconds at which the hand went up; null while it is down. */
  get handRaisedWallMs(): number | null {
    return this.#data.handRaisedWallMs;
  }
  get metadata(): Readonly<Record<string, unknown>> {
    return this.#data.metadata;
  }
  get joinedWallMs(): number {
    return this.#data.joinedWallMs;
  }
  /** False while the member's signaling is away; media may flow all the same. */
  get connected(): boolean {
    return this.#data.connected;
  }
  /** Only `madang` members take part in the peer-to-peer call. */
  get dialect(): string {
    return this.#data.dialect;
  }
  get speaking(): boolean {
    return this.#speaking;
  }
  /** 0…1, linear. */
  get audioLevel(): number {
    return this.#audioLevel;
  }
  /** What the member sends now. */
  get tracks(): ReadonlyMap<Source, Track> {
    return this.#tracks;
  }
  /** Undefined for oneself and for members who take no part in the peer-to-peer call. */
  get peer(): Peer | undefined {
    return this.#peer;
  }

  /**
   * How it goes with what this member sends in an encrypted room; `locked`: it comes, and its key is missing or another one.
   * Undefined for oneself, and where nothing is encrypted.
   */
  get encryption(): EncryptionState | undefined {
    return this.#encryption;
  }

  /** @internal */
  setEncryption(state: EncryptionState | undefined): void {
    this.#encryption = state;
  }

  /** @internal */
  update(data: MemberData): void {
    this.#data = data;
  }

  /** @internal */
  setPeer(peer: Peer | undefined): void {
    this.#peer = peer;
  }

  /** @internal */
  setVoice(audioLevel: number, speaking: boolean): void {
    this.#audioLevel = audioLevel;
    this.#speaking = speaking;
  }

  /** @internal Takes over `now` and says what came and went. A track of another object has gone and come. */
  setTracks(now: ReadonlyMap<Source, Track>): { readonly added: readonly Track[]; readonly removed: readonly Track[] } {
    const removed = [...this.#tracks.values()].filter((track) => now.get(track.source) !== track);
    const added = [...now.values()].filter((track) => this.#tracks.get(track.source) !== track);
    for (const track of removed) this.#tracks.delete(track.source);
    for (const track of added) this.#tracks.set(track.source, track);
    return { added, removed };
  }
}
