import type { MemberId, RoomPort } from '@madang/engine';
import type { Joined, Refused } from '@madang/protocol';
import type { MediaDesk } from './media-desk.js';

/** The part of a reply that tells of STUN and TURN servers. */
export type IceServersReply = Pick<Joined, 'iceServers' | 'iceServersTtlMs'>;

/** What every connection of this server shares. */
export interface Surroundings {
  readonly rooms: RoomPort;
  readonly desk: MediaDesk;
  /** For a member who has reached this server as `host` (a `Host` header). */
  readonly iceServersFor: (member: MemberId, host: string) => IceServersReply;
  /** Milliseconds since 1970. */
  readonly wallMs: () => number;
}

/** The program at the other end of a connection, as a dialect sees it. */
export interface Page {
  /** Unique among the connections of this server. */
  readonly id: string;
  readonly surroundings: Surroundings;
  /** What it called this server when it connected, port included when it is not the protocol's own. */
  readonly host: string;
  /** Tells it something. Never throws. */
  emit(event: string, payload: unknown): void;
  /** Closes the connection for good: the page is not to come back by itself. */
  dismiss(): void;
  /** Until the function returned is called, further requests of this page wait: they may depend on this one. */
  pause(): () => void;
  /** A room that it was in has ended for it. */
  cameOut(): void;
  /** Something went wrong that is not the page's fault. */
  failed(error: unknown): void;
}

/** Answers a request, once. */
export type Answer<R extends { readonly ok: true } = { readonly ok: true }> = (reply: R | Refused) => void;
