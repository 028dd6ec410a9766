export interface TcpOptions {
  /** A numeric IPv4 or IPv6 address. `::` with `dualStack` takes IPv4 as well. */
  readonly ip: string;
  /** 0, the default: one that is free. It may be that of a UDP port. */
  readonly port?: number;
  readonly dualStack?: boolean;
  /** What to ask the system for, for each connection. 256 KiB. */
  readonly sendBufferBytes?: number;
  /** Of all that is sent from here: 0 to 63 (RFC 2474). 0. */
  readonly dscp?: number;
  /** How many bytes may wait for each connection when the system has no room; frames beyond are dropped. 1 MiB. */
  readonly queueBytes?: number;
}

export interface ListeningPort {
  readonly portIx: number;
  readonly ip: string;
  readonly port: number;
}

/**
 * Ports on which others connect to a plane, for ICE over TCP (RFC 6544, passive): datagrams pass in frames of two bytes of
 * length before each (RFC 4571 §2).
 *
 * A connection is an address: rows from it have the port's index and an address index that only this connection ever has,
 * and rows to both go out as its frames. So admitting it, using it as a path, and keeping it are what they are for any other
 * address. A connection that nobody keeps for 10 s, or a second after it was let go, is closed; so is one that does not
 * begin with a framed STUN message, at once. Of one that was closed the address stays as long as it is kept, and rows to it
 * count as `txNoAddress`. Datagrams longer than a slot are dropped, and the connection goes on.
 */
export interface TcpPorts {
  /** Opens a TCP port. Throws `BindError` as `bind` does. `unbind` closes it, and its connections. */
  listenTcp(options: TcpOptions): ListeningPort;
}
