import type { LIMITS, Mode } from '@madang/protocol';

/** What a server sets per installation. */
export interface RoomLimits {
  /** Rooms with members at the same time; as many histories of empty rooms are kept. */
  readonly maxRooms: number;
  /** Members of one room; a peer-to-peer room holds fewer, see `P2P_MEMBERS`. */
  readonly maxMembers: number;
  /** How long a member whose connection is gone stays in the room and may resume. */
  readonly graceMs: number;
  /** How long the chat history of a room survives its last member; 0 forgets it at once. */
  readonly chatKeepMs: number;
  /** Modes that a new room may have; absent for `p2p` alone, as without a media server. */
  readonly modes?: readonly Mode[];
  /** Of a new room whose first member names none; `p2p` where it is absent, or that member can't take part in it. */
  readonly mode?: Mode;
}

// The figures below are the protocol's own: their types come from there, so that another figure does not compile.

/** Members of a room whose media runs from member to member. */
export const P2P_MEMBERS: (typeof LIMITS)['p2pMembers'] = 4;

/** Chat messages that a room remembers. */
export const CHAT_HISTORY: (typeof LIMITS)['chatHistory'] = 200;

/** A member's reports are passed on at most this often. */
export const REPORT_EVERY_MS: (typeof LIMITS)['reportEveryMs'] = 1_000;

/** Carried-out request numbers that a member remembers. */
export const REPEATS_REMEMBERED = 64;

/** A room of mode `auto` leaves the server when so few have been in it for this long. */
export const ALONE_MS = 30_000;

/** Events kept per member for a resume, by number and by weight. */
export const REPLAY_EVENTS = 512;
export const REPLAY_BYTES = 256 * 1024;

/**
 * An event is kept for the grace time and this much longer: a connection is already dead for a while before the server
 * notices.
 */
export const REPLAY_MARGIN_MS = 60_000;
