import { DeadlineHeap, latin1Text } from '../bytes/index.js';
import type { AddressBook, Digest, Hmac, Random, TxTable } from '../ports/index.js';
import type { TransportAddress } from '../stun/index.js';
import type { Account } from './account.js';
import { addressAt } from './address-row.js';
import { Allocation, type Wanted } from './allocation.js';
import type { Identity } from './authenticator.js';
import { ByteRate } from './byte-rate.js';
import type { ClientPath, Envelope } from './client-path.js';
import { type PeerConnection, PeerConnections } from './peer-connections.js';
import { PeerPolicy } from './peer-policy.js';
import type { Relay } from './relay.js';
import { Relays } from './relays.js';
import { Reservations } from './reservations.js';
import type { StreamClient } from './stream-client.js';
import { type AllocationEnd, TurnCounts } from './turn-counts.js';
import type { StreamEnd, TurnOperation } from './turn-operation.js';
import type { TurnOptions } from './turn-options.js';

/**
 * Takes what comes in on a client's port and begins as DTLS does (RFC 7983 §7). `bytes` are valid during the call. It may
 * call `streams`, but not `drain`.
 */
export type DtlsDoor = (bytes: Uint8Array, portIx: number, addressIx: number, now: number, tx: TxTable) => void;

export interface TurnPorts {
  readonly random: Random;
  readonly hmac: Hmac;
  readonly digest: Digest;
  readonly addresses: AddressBook;
  /** Without it DTLS is dropped like all that is no TURN. */
  readonly dtls?: DtlsDoor;
}

/** What may come due. */
export type Due =
  | { readonly type: 'allocation'; readonly allocation: Allocation }
  | { readonly type: 'reservation'; readonly token: Uint8Array }
  | { readonly type: 'connection'; readonly connection: PeerConnection }
  | { readonly type: 'stream'; readonly stream: StreamClient };

/** How long the sockets of an allocation may take to open. */
const OPENING_MS = 5_000;

/** How long a client's connection may stay without an allocation or a peer. */
const IDLE_MS = 10_000;

/** Everything that a TURN server remembers, and how allocations come and go in it. */
export class TurnState {
  readonly options: TurnOptions;
  readonly ports: TurnPorts;
  readonly counts = new TurnCounts();
  readonly operations: TurnOperation[] = [];
  readonly deadlines = new DeadlineHeap<Due>();
  readonly allocations = new Set<Allocation>();
  readonly accounts = new Map<string, Account>();
  readonly streams = new Map<number, StreamClient>();
  /** Streams with something to send. */
  readonly leaving = new Set<StreamClient>();
  readonly relays: Relays;
  readonly reservations: Reservations;
  readonly connections: PeerConnections;
  readonly policy: PeerPolicy;
  /** By port for clients: who has an allocation from which address. */
  readonly clientPorts: (Map<number, Allocation> | undefined)[] = [];
  readonly #streamsOfHost = new Map<string, number>();
  readonly #usernames = new Map<string, number>();

  constructor(options: TurnOptions, ports: TurnPorts) {
    this.options = options;
    this.ports = ports;
    this.relays = new Relays(options, ports.random, this.operations);
    this.reservations = new Reservations(this.deadlines, ports.random);
    this.connections = new PeerConnections(this.deadlines, ports.random);
    this.policy = new PeerPolicy({
      ownHosts: [...options.ownHosts, ...options.relayHosts.flatMap(({ host, announced }) => [host, announced])],
      servicePorts: options.servicePorts,
      allowedPeers: options.allowedPeers,
      isOpen: (host, port) => options.mediaPorts.includes(port) || this.relays.isAnnounced(host, port),
    });
  }

  allocationOf(path: ClientPath): Allocation | null {
    if (path.type === 'stream') return this.streams.get(path.stream)?.allocation ?? null;
    return this.clientPorts[path.portIx]?.get(path.addressIx) ?? null;
  }

  /** Null for what is not there any more. */
  clientOf(path: ClientPath): TransportAddress | null {
    if (path.type === 'datagram') return addressAt(this.ports.addresses, path.addressIx);
    return this.streams.get(path.stream)?.client ?? null;
  }

  /** Whether a client came over TCP, with or without TLS (RFC 6062 §5.1). */
  isOverTcp(path: ClientPath): boolean {
    return path.type === 'stream' && this.streams.get(path.stream)?.transport !== 'dtls';
  }

  isLive(username: string): boolean {
    return this.#usernames.has(username);
  }

  /** A new allocation whose sockets are still to be opened. */
  begin(envelope: Envelope, client: TransportAddress, identity: Identity, wanted: Wanted, now: number): Allocation {
    const account = this.#accountOf(identity.account);
    const { path } = envelope;
    const rate = new ByteRate(this.options.limits.allocationBytesPerSecond);
    const allocation = new Allocation(envelope, client, identity, account, rate, wanted);
    this.allocations.add(allocation);
    account.allocations++;
    this.#usernames.set(identity.username, (this.#usernames.get(identity.username) ?? 0) + 1);
    if (path.type === 'datagram') {
      this.clientPorts[path.portIx]?.set(path.addressIx, allocation);
      this.ports.addresses.hold(path.addressIx);
    } else this.#attach(path.stream, allocation);
    allocation.deadline = this.deadlines.add({ type: 'allocation', allocation }, now + OPENING_MS);
    return allocation;
  }

  /** Makes sure that the allocation is looked after when something of it expires. */
  schedule(allocation: Allocation): void {
    const atMs = allocation.nextAt();
    if (allocation.deadline !== null && this.deadlines.move(allocation.deadline, atMs)) return;
    allocation.deadline = this.deadlines.add({ type: 'allocation', allocation }, atMs);
  }

  /** Forgets the channels and permissions of an allocation that have expired. */
  sweep(allocation: Allocation, now: number): void {
    for (const channel of allocation.channels.over(now)) {
      allocation.channels.unbind(channel);
      this.ports.addresses.release(channel.peerIx);
    }
    allocation.permissions.sweep(now);
  }

  /** Ends one of its addresses, with the channels and permissions of that family (RFC 8656 §8.1). */
  endRelay(allocation: Allocation, relay: Relay, now: number): void {
    for (const channel of allocation.channels.over(Number.NEGATIVE_INFINITY, relay)) {
      allocation.channels.unbind(channel);
      this.ports.addresses.release(channel.peerIx);
    }
    allocation.permissions.sweep(now, relay.family);
    allocation.relays = allocation.relays.filter((other) => other !== relay);
    relay.allocation = null;
    this.relays.close(relay);
  }

  end(allocation: Allocation, reason: AllocationEnd, now: number): void {
    if (!this.allocations.delete(allocation)) return;
    this.counts.ended(reason);
    for (const relay of [...allocation.relays]) this.endRelay(allocation, relay, now);
    const companion = allocation.opening?.companion;
    if (companion) this.relays.close(companion);
    for (const connection of this.connections.of(allocation)) this.endConnection(connection, 'allocation_ended', now);
    if (allocation.deadline !== null) this.deadlines.remove(allocation.deadline);
    if (--allocation.account.allocations === 0) this.accounts.delete(allocation.account.name);
    const { username } = allocation.identity;
    const others = (this.#usernames.get(username) ?? 1) - 1;
    if (others > 0) this.#usernames.set(username, others);
    else this.#usernames.delete(username);
    this.#detach(allocation, now);
  }

  /** Closes a connection to a peer, and the client's that is joined with it. */
  endConnection(connection: PeerConnection, reason: 'peer_closed' | 'allocation_ended', now: number): void {
    const { state } = connection;
    if (!this.connections.remove(connection)) return;
    this.operations.push({ type: 'close-connection', connection: connection.id });
    if (state.type === 'joined') this.closeStream(state.stream, reason, now);
  }

  /** Takes a stream in, if there are not too many of them, of its host and in all. */
  admitStream(stream: StreamClient, now: number): boolean {
    const { streams, streamsPerHost } = this.options.limits;
    const host = latin1Text(stream.client.host);
    const others = this.#streamsOfHost.get(host) ?? 0;
    if (this.streams.size >= streams || others >= streamsPerHost) return false;
    this.#streamsOfHost.set(host, others + 1);
    this.streams.set(stream.id, stream);
    this.watchStream(stream, now);
    return true;
  }

  /** Has a stream closed, after all that was to be sent on it. */
  closeStream(stream: StreamClient, reason: StreamEnd, now: number): void {
    if (!stream.isThere) return;
    this.write(stream);
    this.operations.push({ type: 'close-stream', stream: stream.id, reason });
    this.dropStream(stream, now);
  }

  /** Has what is to be sent on a stream written. */
  write(stream: StreamClient): void {
    if (!stream.hasLeaving) return;
    for (const bytes of stream.takeLeaving()) this.operations.push({ type: 'write', stream: stream.id, bytes });
  }

  /** A stream is gone, and what depends on it with it. */
  dropStream(stream: StreamClient, now: number): void {
    if (!this.streams.delete(stream.id)) return;
    stream.isThere = false;
    this.leaving.delete(stream);
    this.unwatchStream(stream);
    const host = latin1Text(stream.client.host);
    const others = (this.#streamsOfHost.get(host) ?? 1) - 1;
    if (others > 0) this.#streamsOfHost.set(host, others);
    else this.#streamsOfHost.delete(host);
    if (stream.allocation !== null) this.end(stream.allocation, 'stream_closed', now);
    if (stream.connection !== null) this.endConnection(stream.connection, 'peer_closed', now);
  }

  /** Gives a stream without allocation a time to get one. */
  watchStream(stream: StreamClient, now: number): void {
    stream.deadline ??= this.deadlines.add({ type: 'stream', stream }, now + IDLE_MS);
  }

  unwatchStream(stream: StreamClient): void {
    if (stream.deadline !== null) this.deadlines.remove(stream.deadline);
    stream.deadline = null;
  }

  #accountOf(name: string): Account {
    const known = this.accounts.get(name);
    if (known !== undefined) return known;
    const account = { name, rate: new ByteRate(this.options.limits.userBytesPerSecond), allocations: 0 };
    this.accounts.set(name, account);
    return account;
  }

  #attach(id: number, allocation: Allocation): void {
    const stream = this.streams.get(id) as StreamClient;
    stream.allocation = allocation;
    this.unwatchStream(stream);
  }

  #detach(allocation: Allocation, now: number): void {
    const { path } = allocation;
    if (path.type === 'datagram') {
      this.clientPorts[path.portIx]?.delete(path.addressIx);
      this.ports.addresses.release(path.addressIx);
      return;
    }
    const stream = this.streams.get(path.stream);
    if (stream === undefined) return;
    stream.allocation = null;
    this.watchStream(stream, now);
  }
}
