import { KIND, PEER_ROW, packetKind, RX, RX_COLUMNS } from '@madang/engine';
import type {
  BindOptions,
  BoundPort,
  MediaPlane,
  MediaPlaneOptions,
  PeerOptions,
  PlaneCounts,
  PlaneSizes,
  RemoteAddress,
} from '@madang/native';
import { FakeAddresses } from './fake-addresses.js';
import { noCounts } from './fake-counts.js';
import { FakeDtls } from './fake-dtls.js';
import { FakePeer } from './fake-peer.js';
import { FakeSender } from './fake-sender.js';
import { FakeSlots } from './fake-slots.js';
import { FakeTxTable } from './fake-tx-table.js';
import type { FakeUdpNetwork } from './fake-udp-network.js';

const SIZES: PlaneSizes = {
  slots: 512,
  slotBytes: 2_048,
  rxRows: 8_192,
  txRows: 1_024,
  inlineBytes: 64 * 1024,
  addresses: 4_096,
  ports: 4_096,
  // It has no TCP.
  connections: 0,
  connectionsPerHost: 1,
  peers: 4_096,
};

type Path = FakePeer['path'];

/** A media plane over a `FakeUdpNetwork`: the same contract as the addon's, without sockets, threads and secrets. */
export class FakeMediaPlane implements MediaPlane {
  readonly slots: FakeSlots;
  readonly fingerprint: string;
  readonly #sizes: PlaneSizes;
  readonly #network: FakeUdpNetwork;
  readonly #onBatch: MediaPlaneOptions['onBatch'];
  readonly #counts = noCounts();
  readonly #tx: FakeTxTable;
  readonly #sender: FakeSender;
  readonly #addresses: FakeAddresses;
  readonly #ports = new Map<number, { readonly ip: string; readonly port: number; readonly forPeers: boolean }>();
  readonly #peers = new Map<number, FakePeer>();
  readonly #mids: string[] = [];
  readonly #rows: number[][] = [];
  readonly #lateDtls: { readonly bytes: Uint8Array; readonly path: Path }[] = [];
  #nextPortIx = 0;
  #nextPeerIx = 0;
  #isClosed = false;

  constructor(network: FakeUdpNetwork, { onBatch, sizes }: MediaPlaneOptions) {
    this.#network = network;
    this.#onBatch = onBatch;
    this.#sizes = { ...SIZES, ...sizes };
    this.slots = new FakeSlots(this.#sizes.slots, this.#sizes.slotBytes);
    this.#addresses = new FakeAddresses(this.#sizes.addresses);
    const shared = { counts: this.#counts, slots: this.slots, addresses: this.#addresses, mids: this.#mids };
    this.#sender = new FakeSender({ network, ports: this.#ports, peers: this.#peers, ...shared });
    this.#tx = new FakeTxTable(this.#sizes, (rows, inline) => {
      this.#requireOpen();
      this.#sender.send(rows, inline);
    });
    this.fingerprint = Buffer.from(network.secret()).toString('hex').toUpperCase().match(/../g)!.join(':');
  }

  get tx(): FakeTxTable {
    return this.#tx;
  }

  bind({
    ip,
    port = 0,
    dscp = 0,
    forPeers = true,
    receiveBufferBytes = 0,
    sendBufferBytes = 0,
  }: BindOptions): BoundPort {
    this.#requireOpen();
    if (dscp < 0 || dscp > 63) throw new RangeError(`dscp must be a whole number from 0 to 63, not ${dscp}`);
    const portIx = this.#nextPortIx;
    const receiver = {
      receive: (bytes: Uint8Array, fromIp: string, fromPort: number) => this.#receive(bytes, portIx, fromIp, fromPort),
      endRound: () => this.#deliver(),
    };
    const isFull = this.#ports.size === this.#sizes.ports;
    const bound = isFull ? 'ENFILE' : this.#network.bind(ip, port, receiver);
    if (typeof bound === 'string') throw Object.assign(new Error(`bind ${bound} ${ip}:${port}`), { code: bound });
    this.#nextPortIx++;
    this.#ports.set(portIx, { ip, port: bound, forPeers });
    return { portIx, ip, port: bound, receiveBufferBytes, sendBufferBytes, segments: false, coalesces: false };
  }

  unbind(portIx: number): void {
    const port = this.#ports.get(portIx);
    requireThat(port !== undefined, 'port', portIx);
    this.#ports.delete(portIx);
    this.#network.unbind(port!.ip, port!.port);
  }

  addressIx(ip: string, port: number): number | null {
    const addressIx = this.#addresses.see(ip, port);
    return addressIx < 0 ? null : addressIx;
  }

  address(addressIx: number): RemoteAddress | null {
    const entry = this.#addresses.get(addressIx);
    return entry === undefined ? null : { ip: entry.ip, port: entry.port };
  }

  keepAddress(addressIx: number): void {
    requireThat(this.#addresses.keep(addressIx), 'address', addressIx);
  }

  releaseAddress(addressIx: number): void {
    requireThat(this.#addresses.release(addressIx), 'kept address', addressIx);
  }

  midIx(mid: string): number {
    const known = this.#mids.indexOf(mid);
    return known >= 0 ? known : this.#mids.push(mid) - 1;
  }

  openPeer(options: PeerOptions): number | null {
    const peer = new FakePeer(options);
    if (this.#peers.size === this.#sizes.peers) return null;
    const peerIx = this.#nextPeerIx++;
    this.#peers.set(peerIx, peer);
    if (options.dtls !== undefined) {
      peer.dtls = this.#session(peerIx, peer, options.dtls.role);
      if (options.dtls.fingerprint !== undefined) peer.dtls.announce(options.dtls.fingerprint);
    }
    return peerIx;
  }

  setFingerprint(peerIx: number, sha256: string): void {
    this.#peers.get(peerIx)?.dtls?.announce(sha256);
    this.#network.wake(this.#deliver);
  }

  closePeer(peerIx: number): void {
    const peer = this.#peers.get(peerIx);
    requireThat(peer !== undefined, 'peer', peerIx);
    peer!.dtls?.close();
    for (const addressIx of peer!.addresses) {
      const entry = this.#addresses.get(addressIx);
      if (entry?.peerIx === peerIx) entry.peerIx = -1;
      this.#addresses.release(addressIx);
    }
    this.#peers.delete(peerIx);
  }

  admit(peerIx: number, addressIx: number): void {
    const [peer, entry] = [this.#peers.get(peerIx), this.#addresses.get(addressIx)];
    requireThat(peer !== undefined && entry !== undefined, 'peer or address', `${peerIx}, ${addressIx}`);
    entry!.peerIx = peerIx;
    if (!peer!.addresses.has(addressIx)) this.#addresses.keep(addressIx);
    peer!.addresses.add(addressIx);
  }

  usePath(peerIx: number, portIx: number, addressIx: number): void {
    const peer = this.#peers.get(peerIx);
    const isThere = peer !== undefined && this.#ports.has(portIx) && this.#addresses.get(addressIx) !== undefined;
    requireThat(isThere, 'peer, port or address', `${peerIx}, ${portIx}, ${addressIx}`);
    peer!.path = { portIx, addressIx };
    peer!.dtls?.begin();
  }

  counts(): PlaneCounts {
    this.#requireOpen();
    return {
      ...this.#counts,
      portsOpen: this.#ports.size,
      peersOpen: this.#peers.size,
      freeSlots: this.slots.freeSlots,
      addresses: this.#addresses.size,
      addressesEvicted: this.#addresses.evicted,
    };
  }

  close(): void {
    for (const { ip, port } of this.#ports.values()) this.#network.unbind(ip, port);
    this.#ports.clear();
    this.#isClosed = true;
  }

  #receive(bytes: Uint8Array, portIx: number, fromIp: string, fromPort: number): void {
    this.#counts.received++;
    this.#counts.receivedBytes += bytes.length;
    if (bytes.length === 0) this.#counts.rxEmpty++;
    else if (bytes.length > this.#sizes.slotBytes) this.#counts.rxTooLong++;
    else {
      const addressIx = this.#addresses.see(fromIp, fromPort);
      if (addressIx < 0) this.#counts.rxNoAddress++;
      else this.#sort(bytes, { portIx, addressIx });
    }
  }

  /** What the plane takes itself, and what becomes a row. */
  #sort(bytes: Uint8Array, path: Path): void {
    const kind = packetKind(bytes[0]!);
    const peerIx = this.#addresses.get(path.addressIx)!.peerIx;
    if (!this.#ports.get(path.portIx)?.forPeers) this.#addRow(bytes, kind, path, -1);
    else if (kind === KIND.DTLS) this.#takeDtls(bytes, path, true);
    else if (kind === KIND.RTP && peerIx >= 0) this.#unprotect(bytes, path, peerIx);
    else this.#addRow(bytes, kind, path, -1);
  }

  #takeDtls(bytes: Uint8Array, path: Path, mayWait: boolean): void {
    const peer = this.#peers.get(this.#addresses.get(path.addressIx)?.peerIx ?? -1);
    if (peer !== undefined) {
      peer.lastPath = path;
      peer.dtls?.receive(bytes);
    } else if (mayWait) this.#lateDtls.push({ bytes, path });
    else this.#counts.rxDtlsUnproven++;
  }

  #unprotect(bytes: Uint8Array, path: Path, peerIx: number): void {
    const receiver = this.#peers.get(peerIx)!.receiver;
    if (receiver === null) {
      this.#counts.rxNoKeys++;
      return;
    }
    const type = (bytes[1] ?? 0) & 0x7f;
    const packet = receiver.unprotect(bytes, type >= 64 && type < 96);
    if (packet === 'malformed') this.#counts.rxSrtpMalformed++;
    else if (packet === 'authentication') this.#counts.rxSrtpAuthentication++;
    else if (packet === 'replayed') this.#counts.rxSrtpReplayed++;
    else this.#addRow(packet, KIND.RTP, path, peerIx);
  }

  #addRow(bytes: Uint8Array, kind: number, { portIx, addressIx }: Path, peerIx: number): void {
    const slot = this.slots.take(bytes);
    if (slot < 0) this.#counts.rxNoSlot++;
    else this.#rows.push([slot, bytes.length, addressIx, kind, peerIx, 0, 0, portIx]);
  }

  /** Calls `onBatch` with what has come, until nothing more comes of it. */
  readonly #deliver = (): void => {
    while (!this.#isClosed && this.#rows.length + this.#lateDtls.length > 0) {
      if (this.#rows.length > 0) this.#batch(this.#rows.splice(0));
      for (const { bytes, path } of this.#lateDtls.splice(0)) this.#takeDtls(bytes, path, false);
    }
  };

  #batch(rows: readonly number[][]): void {
    this.#counts.batches++;
    const { slab } = this.slots;
    const rx = { rows: Int32Array.from(rows.flat()), count: rows.length, slab, slotBytes: this.#sizes.slotBytes };
    this.#onBatch(rx, this.#tx);
    if (!this.#isClosed) this.#tx.flush();
    for (const row of rows) if (row[RX.SLOT]! >= 0) this.slots.endBatch(row[RX.SLOT]!);
  }

  #session(peerIx: number, peer: FakePeer, role: 'client' | 'server'): FakeDtls {
    return new FakeDtls(role, {
      ownFingerprint: this.fingerprint,
      key: this.#network.secret(),
      send: (bytes) => this.#sender.sendTo(peer.path.portIx < 0 ? peer.lastPath : peer.path, bytes),
      connected: (send, receive) => peer.key(send, receive),
      data: (bytes) => this.#addRow(bytes, KIND.PEER_DATA, peer.lastPath, peerIx),
      tell: (state, failure) => {
        const row = Array<number>(RX_COLUMNS).fill(0);
        row[RX.SLOT] = -1;
        row[RX.KIND] = KIND.PEER_STATE;
        row[RX.PEER_IX] = peerIx;
        row[RX.PORT_IX] = peer.lastPath.portIx;
        row[PEER_ROW.STATE] = state;
        row[PEER_ROW.FAILURE] = failure;
        row[PEER_ROW.ALERT] = -1;
        row[PEER_ROW.SRTP_PROFILE] = peer.sender === null ? 0 : 7;
        this.#rows.push(row);
      },
    });
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new Error('the media plane is closed');
  }
}

function requireThat(isThere: boolean, what: string, ix: number | string): void {
  if (!isThere) throw new RangeError(`no such ${what}: ${ix}`);
}
