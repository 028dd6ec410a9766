import type { IceServer, Joined, MediaState, Member as MemberData, PeerSignal, Role, Source } from '@madang/protocol';
import { Emitter } from '../emitter.js';
import type { RemoteTrack } from '../media/index.js';
import type { Peer } from './member.js';
import type { RoomSettings } from './room-options.js';

/** The direct connections to the other members. */
export class Mesh extends Emitter<{ peer: [memberId: string]; path: [memberId: string] }> {
  constructor(_settings: RoomSettings, _send: (to: string, signal: PeerSignal) => void) {
    super();
  }
  begin(_joined: Joined): void {}
  clear(): void {}
  remove(_id: string): void {}
  receive(_from: string, _signal: PeerSignal): void {}
  setOwnRole(_role: Role): void {}
  setMember(_data: MemberData): void {}
  setIceServers(_servers: readonly IceServer[]): void {}
  publish(): void {}
  restartIce(): void {}
  peer(_id: string): Peer | undefined {
    return undefined;
  }
  tracks(_id: string, _media: MediaState): ReadonlyMap<Source, RemoteTrack> {
    return new Map();
  }
}
