import type { HostRange } from './host-range.js';

/** An address that allocations get their relayed addresses on. */
export interface RelayHost {
  /** What sockets are bound to. */
  readonly host: Uint8Array;
  /** What clients and peers are told: another one behind a NAT, of the same family. */
  readonly announced: Uint8Array;
}

export interface TurnLimits {
  /** What one user may have at a time; more is answered with 486. */
  readonly allocationsPerUser: number;
  /** What all users together may have; more is answered with 508. */
  readonly allocations: number;
  /** What one allocation may have; more is answered with 508. */
  readonly permissions: number;
  readonly channels: number;
  /** Bytes a second that an allocation, and all of a user's, may relay in both directions; 0 is without limit. */
  readonly allocationBytesPerSecond: number;
  readonly userBytesPerSecond: number;
  /** Answers a second to requests from one address that prove nothing: Binding, and all that are refused with 401 or 438. */
  readonly unprovenPerSecond: number;
  /** Connections of clients over TCP and TLS. */
  readonly streams: number;
  readonly streamsPerHost: number;
  /** The longest lifetime that a client gets, from 600,000. */
  readonly longestLifetimeMs: number;
  /** How old a nonce may be: RFC 8656 §5 wants at most an hour. */
  readonly nonceMs: number;
}

export const DEFAULT_TURN_LIMITS: TurnLimits = {
  allocationsPerUser: 12,
  allocations: 5_000,
  permissions: 128,
  channels: 128,
  allocationBytesPerSecond: 0,
  userBytesPerSecond: 0,
  unprovenPerSecond: 50,
  streams: 10_000,
  streamsPerHost: 256,
  longestLifetimeMs: 3_600_000,
  nonceMs: 3_600_000,
};

export interface TurnOptions {
  /** ASCII, at most 32 characters: a longer one would make answers to the unproven too long. */
  readonly realm: string;
  /** What time-limited credentials are signed with; the first for new ones, all are accepted. */
  readonly secrets: readonly Uint8Array[];
  readonly relayHosts: readonly RelayHost[];
  /** Relayed ports, both ends included; from 1,024. */
  readonly relayPorts: { readonly from: number; readonly to: number };
  /** Addresses of this machine, besides the relay hosts: no peers, but for relayed and media ports on them. */
  readonly ownHosts: readonly Uint8Array[];
  /** Ports that this process serves on: no peers on own addresses, whatever is allowed. */
  readonly servicePorts: readonly number[];
  /** Ports on own addresses that may be peers. */
  readonly mediaPorts: readonly number[];
  /** Ranges of peers that are allowed though they are special. */
  readonly allowedPeers: readonly HostRange[];
  /** Whether TCP relays (RFC 6062) are given. */
  readonly tcpRelays: boolean;
  /** Whether the addon can set the DF bit; otherwise DONT-FRAGMENT is an unknown attribute (RFC 8656 §7.2). */
  readonly dontFragment: boolean;
  /**
   * Whether channels may have the numbers up to 0x7fff that RFC 5766 had: for older clients, on ports where nothing but
   * TURN comes in. RFC 8656 §12 ends at 0x4fff.
   */
  readonly oldChannels?: boolean;
  readonly limits: TurnLimits;
}
