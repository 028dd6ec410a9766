import { loadAddon } from './addon.js';
import { SharedRxTable, SharedTxTable } from './batch-memory.js';
import { BindError } from './bind-error.js';
import { formatFingerprint, parseFingerprint, pkcs8Of } from './dtls-identity.js';
import type {
  BindOptions,
  BoundPort,
  MediaPlane,
  MediaPlaneOptions,
  PeerOptions,
  PlaneCounts,
  RemoteAddress,
  SlotHolder,
} from './media-plane.js';
import { planeSizes } from './plane-sizes.js';
import type { RawBound, RawPlane } from './raw-plane.js';
import { SlotList } from './slot-list.js';
import type { ListeningPort, TcpOptions, TcpPorts } from './tcp-ports.js';

const BUFFER_BYTES = 8 * 1024 * 1024;
const TCP_BUFFER_BYTES = 256 * 1024;
const QUEUE_BYTES = 1024 * 1024;
const DTLS_DATAGRAM_BYTES = 1_200;
const NO_ROOM = -1;

type DtlsOptions = NonNullable<PeerOptions['dtls']>;

/** The plane of the addon. */
class NativePlane implements MediaPlane, TcpPorts {
  readonly tx: SharedTxTable;
  readonly slots: SlotHolder;
  readonly #raw: RawPlane;
  readonly #rx: SharedRxTable;
  readonly #onBatch: MediaPlaneOptions['onBatch'];
  readonly #midIxs = new Map<string, number>();

  constructor({ onBatch, sizes: wanted, identity }: MediaPlaneOptions) {
    const sizes = planeSizes(wanted);
    const { MediaPlane: RawPlaneOfAddon } = loadAddon();
    this.#onBatch = onBatch;
    this.#raw = new RawPlaneOfAddon(sizes, this.#batch);
    const memory = this.#raw.memory();
    this.#rx = new SharedRxTable(memory, sizes);
    this.tx = new SharedTxTable(this.#raw, memory, sizes);
    this.slots = new SlotList(memory, sizes.slots);
    if (identity !== undefined && !this.#raw.setIdentity(identity.certificate, pkcs8Of(identity.key))) {
      this.#raw.close();
      throw new TypeError('the identity is no certificate with its private key in PEM');
    }
  }

  readonly #batch = (rows: number): void => {
    this.#rx.count = rows;
    try {
      this.#onBatch(this.#rx, this.tx);
      this.tx.handOver();
    } finally {
      this.tx.discard();
    }
  };

  get fingerprint(): string {
    const fingerprint = this.#raw.fingerprint();
    if (fingerprint === undefined) throw new Error('OpenSSL can make no certificate');
    return formatFingerprint(fingerprint);
  }

  bind({ ip, port = 0, ...wanted }: BindOptions): BoundPort {
    const { dscp = 0, ecn = 0, queueBytes = QUEUE_BYTES } = wanted;
    requireRange('port', port, 65_535);
    requireRange('dscp', dscp, 63);
    requireRange('ecn', ecn, 3);
    requireRange('queueBytes', queueBytes, 2 ** 30);
    const bound: RawBound = this.#raw.bind({
      ip,
      port,
      dscp,
      ecn,
      queueBytes,
      dualStack: wanted.dualStack ?? false,
      receiveBufferBytes: wanted.receiveBufferBytes ?? BUFFER_BYTES,
      sendBufferBytes: wanted.sendBufferBytes ?? BUFFER_BYTES,
      segments: wanted.segments ?? true,
      coalesces: wanted.coalesces ?? true,
      forPeers: wanted.forPeers ?? true,
      stamps: wanted.stamps ?? true,
    });
    if (bound.error !== 0) throw new BindError(bound.error, ip, port);
    const { error: _, ...granted } = bound;
    return granted;
  }

  listenTcp({ ip, port = 0, dscp = 0, queueBytes = QUEUE_BYTES, ...wanted }: TcpOptions): ListeningPort {
    const { dualStack = false, sendBufferBytes = TCP_BUFFER_BYTES } = wanted;
    requireRange('port', port, 65_535);
    requireRange('dscp', dscp, 63);
    requireRange('queueBytes', queueBytes, 2 ** 30);
    requireRange('sendBufferBytes', sendBufferBytes, 2 ** 30);
    const listening = this.#raw.listenTcp({ ip, port, dualStack, sendBufferBytes, dscp, queueBytes });
    if (listening.error !== 0) throw new BindError(listening.error, ip, port);
    const { error: _, ...granted } = listening;
    return granted;
  }

  unbind(portIx: number): void {
    requireThat(this.#raw.unbind(portIx), 'port', portIx);
  }

  addressIx(ip: string, port: number): number | null {
    requireRange('port', port, 65_535);
    const addressIx = this.#raw.addressIx(ip, port);
    if (addressIx < NO_ROOM) throw new TypeError(`${ip} is no numeric IP address`);
    return addressIx === NO_ROOM ? null : addressIx;
  }

  address(addressIx: number): RemoteAddress | null {
    return this.#raw.address(addressIx);
  }

  keepAddress(addressIx: number): void {
    requireThat(this.#raw.keepAddress(addressIx), 'address', addressIx);
  }

  releaseAddress(addressIx: number): void {
    requireThat(this.#raw.releaseAddress(addressIx), 'kept address', addressIx);
  }

  midIx(mid: string): number {
    const known = this.#midIxs.get(mid);
    if (known !== undefined) return known;
    const midIx = this.#raw.addMid(mid);
    if (midIx === NO_ROOM) throw new RangeError('a MID has 1 to 32 bytes, and a plane at most 65,536 of them');
    this.#midIxs.set(mid, midIx);
    return midIx;
  }

  openPeer({ extensionIds = {}, dtls, srtp }: PeerOptions): number | null {
    const { mid = 0, transportSeq = 0, absSendTime = 0 } = extensionIds;
    for (const id of [mid, transportSeq, absSendTime]) requireRange('extension id', id, 255);
    if (dtls !== undefined && srtp !== undefined) throw new TypeError('keys come from DTLS or from elsewhere');
    const fingerprint = dtls?.fingerprint === undefined ? undefined : fingerprintBytes(dtls.fingerprint);
    const peerIx = this.#raw.openPeer();
    if (peerIx === NO_ROOM) return null;
    this.#raw.setExtensionIds(peerIx, mid, transportSeq, absSendTime);
    if (dtls !== undefined) this.#beginDtls(peerIx, dtls);
    if (fingerprint !== undefined) this.#raw.setFingerprint(peerIx, fingerprint);
    if (srtp !== undefined && !this.#raw.keyPeer(peerIx, srtp.profile, srtp.send, srtp.receive)) {
      this.#raw.closePeer(peerIx);
      throw new RangeError('the keys do not have the lengths of the profile');
    }
    return peerIx;
  }

  #beginDtls(peerIx: number, { role, maxDatagramBytes = DTLS_DATAGRAM_BYTES }: DtlsOptions): void {
    if (!this.#raw.beginDtls(peerIx, role === 'server' ? 1 : 0, maxDatagramBytes)) {
      this.#raw.closePeer(peerIx);
      throw new Error('OpenSSL can make no certificate');
    }
  }

  setFingerprint(peerIx: number, sha256: string): void {
    this.#raw.setFingerprint(peerIx, fingerprintBytes(sha256));
  }

  closePeer(peerIx: number): void {
    requireThat(this.#raw.closePeer(peerIx), 'peer', peerIx);
  }

  admit(peerIx: number, addressIx: number): void {
    requireThat(this.#raw.admit(peerIx, addressIx), 'peer or address', `${peerIx}, ${addressIx}`);
  }

  usePath(peerIx: number, portIx: number, addressIx: number): void {
    const isThere = this.#raw.usePath(peerIx, portIx, addressIx);
    requireThat(isThere, 'peer, port or address', `${peerIx}, ${portIx}, ${addressIx}`);
  }

  counts(): PlaneCounts {
    return this.#raw.counts() as unknown as PlaneCounts;
  }

  close(): void {
    this.#raw.close();
  }
}

function requireThat(isThere: boolean, what: string, ix: number | string): void {
  if (!isThere) throw new RangeError(`no such ${what}: ${ix}`);
}

function fingerprintBytes(sha256: string): Uint8Array {
  const bytes = parseFingerprint(sha256);
  if (bytes === null) throw new TypeError('a fingerprint is 32 bytes in hexadecimal with colons between them');
  return bytes;
}

function requireRange(what: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new RangeError(`${what} must be a whole number from 0 to ${most}, not ${value}`);
}

/**
 * Opens a media plane in this thread, driven by its event loop, which it keeps running until it is closed. It ends with
 * the thread. Throws `AddonMissing` when the addon was not built, a `RangeError` on sizes that no plane can have.
 */
export function openMediaPlane(options: MediaPlaneOptions): MediaPlane & TcpPorts {
  return new NativePlane(options);
}
