import type { Forwarding, Room } from '@madang/client';

type RoomMember = Room['members'][number];
export type AnyTrack = RoomMember['tracks'] extends ReadonlyMap<infer _S, infer T> ? T : never;
export type Source = RoomMember['tracks'] extends ReadonlyMap<infer S, unknown> ? S : never;

/** A member as the page draws it: plain values that are only replaced when something about the member changed. */
export interface MemberView {
  readonly id: string;
  readonly name: string;
  readonly role: RoomMember['role'];
  readonly isSelf: boolean;
  readonly media: RoomMember['media'];
  readonly handRaisedWallMs: number | null;
  readonly connected: boolean;
  readonly speaking: boolean;
  readonly peerState: NonNullable<RoomMember['peer']>['state'] | undefined;
  readonly encryption: RoomMember['encryption'];
  /** Sound and picture that came once stay away. */
  readonly interrupted: boolean;
  readonly microphone: AnyTrack | undefined;
  readonly camera: AnyTrack | undefined;
  readonly screen: AnyTrack | undefined;
  readonly screenAudio: AnyTrack | undefined;
  /** How the media server sends the pictures; undefined where they come straight, and for one's own. */
  readonly cameraForwarding: Forwarding | undefined;
  readonly screenForwarding: Forwarding | undefined;
}

export interface RoomView {
  readonly state: Room['state'];
  readonly members: readonly MemberView[];
  readonly chat: Room['chat'];
  readonly draining: boolean;
  /** Digits for people to compare; null where nothing is encrypted end to end. */
  readonly encryptionCode: string | null;
  /** The tile that a host put in the spotlight for everyone: `<member id>/camera` or `<member id>/screen`. */
  readonly spotlight: string | null;
}

export const EMPTY_ROOM: RoomView = {
  state: 'idle',
  members: [],
  chat: [],
  draining: false,
  encryptionCode: null,
  spotlight: null,
};

/**
 * What the room looks like now. Parts that are as in `before` are the same objects, so that only what changed is drawn
 * anew.
 */
export function viewRoom(
  room: Pick<Room, 'state' | 'members' | 'chat' | 'draining' | 'info' | 'encryptionCode'>,
  before: RoomView,
): RoomView {
  const known = new Map(before.members.map((member) => [member.id, member]));
  const members = room.members.map((member) => keepIfSame(known.get(member.id), viewMember(member)));
  return keepIfSame(before, {
    state: room.state,
    members: sameItems(before.members, members) ? before.members : members,
    chat: sameItems(before.chat, room.chat) ? before.chat : [...room.chat],
    draining: room.draining,
    encryptionCode: room.encryptionCode ?? null,
    spotlight: spotlightOf(room.info?.metadata),
  });
}

/** Of the room's metadata, which any client may have written. */
function spotlightOf(metadata: Readonly<Record<string, unknown>> | undefined): string | null {
  return typeof metadata?.spotlight === 'string' ? metadata.spotlight : null;
}

function viewMember(member: RoomMember): MemberView {
  return {
    id: member.id,
    name: member.name,
    role: member.role,
    isSelf: member.isSelf,
    media: member.media,
    handRaisedWallMs: member.handRaisedWallMs,
    connected: member.connected,
    speaking: member.speaking,
    peerState: member.peer?.state,
    encryption: member.encryption,
    interrupted: member.peer?.interrupted ?? false,
    microphone: member.tracks.get('microphone'),
    camera: member.tracks.get('camera'),
    screen: member.tracks.get('screen'),
    screenAudio: member.tracks.get('screen-audio'),
    cameraForwarding: forwardingOf(member.tracks.get('camera')),
    screenForwarding: forwardingOf(member.tracks.get('screen')),
  };
}

function forwardingOf(track: AnyTrack | undefined): Forwarding | undefined {
  return track !== undefined && 'forwarding' in track ? track.forwarding : undefined;
}

function keepIfSame<T extends object>(before: T | undefined, now: T): T {
  if (!before) return now;
  const keys = Object.keys(now) as (keyof T)[];
  return keys.every((key) => isSame(before[key], now[key])) ? before : now;
}

/** Tracks are compared as objects; media states are small records that may be made anew with the same content. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => Object.is(a[key], b[key]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, ix) => item === b[ix]);
}

/** Members with a raised hand, the first to raise it first. */
export function raisedHands(members: readonly MemberView[]): readonly MemberView[] {
  return members
    .filter((member) => member.handRaisedWallMs !== null)
    .sort((a, b) => (a.handRaisedWallMs ?? 0) - (b.handRaisedWallMs ?? 0));
}
