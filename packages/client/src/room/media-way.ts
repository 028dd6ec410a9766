import type { IceServer, MediaState, Member as MemberData, Role, Source } from '@madang/protocol';
import type { Incoming } from '../media/index.js';
import type { Peer } from './member.js';

/** What a way of the media tells. */
export interface MediaWayEvents {
  /** What comes from this member, or the connection it comes by, changed. */
  peer: [memberId: string];
  path: [memberId: string];
  /** What this member sends stays away, or is back. */
  interrupted: [memberId: string];
  /** What this member sends is back after so many milliseconds. */
  recovered: [memberId: string, afterMs: number];
  /** Something has to be agreed with somebody who is away as far as the server has told; it may have told otherwise since. */
  stranded: [];
}

/** Oneself, as far as the media are concerned. */
export interface Publisher {
  readonly id: string;
  readonly role: Role;
}

/** One way that media go: straight between the members, or through the media server. */
export interface MediaWay {
  /** A member has come, or has changed. Oneself is not among them. */
  setMember(member: MemberData): void;
  remove(id: string): void;
  setOwnRole(role: Role): void;
  /** For connections made from now on; those there are take them for whatever they look for next. */
  setIceServers(servers: readonly IceServer[]): void;
  /** Brings what is in the local media now to the others. */
  publish(): void;
  /** The network of this machine changed. */
  restartIce(): void;
  /** The server can be reached again. */
  signalsPass(): void;
  /** By what a member's media come. */
  peer(id: string): Peer | undefined;
  /** What a member sends, as far as the member says that there is something in it. */
  tracks(id: string, media: MediaState): ReadonlyMap<Source, Incoming>;
  /** Whether it is there in both directions, as far as there is something to go. */
  readonly isOpen: boolean;
  /** Closes every connection. */
  clear(): void;
}

/** Whether a source counts as one of these states of the media. */
export function stateOf(source: Source, media: MediaState): MediaState[keyof MediaState] {
  return media[source === 'screen-audio' ? 'screen' : source];
}
