/** The class of the addon behind `NativePlane`, which has checked every argument before it comes here. */
export interface RawPlane {
  memory(): RawMemory;
  flush(): void;
  bind(options: RawBindOptions): RawBound;
  listenTcp(options: RawTcpOptions): RawListening;
  unbind(portIx: number): boolean;
  /** -1: no room; -2: `ip` is no address. */
  addressIx(ip: string, port: number): number;
  address(addressIx: number): { readonly ip: string; readonly port: number } | null;
  keepAddress(addressIx: number): boolean;
  releaseAddress(addressIx: number): boolean;
  addMid(mid: string): number;
  counts(): Record<string, number>;
  close(): void;
  openPeer(): number;
  closePeer(peerIx: number): boolean;
  keyPeer(peerIx: number, profile: number, send: Uint8Array, receive: Uint8Array): boolean;
  beginDtls(peerIx: number, isServer: number, maxDatagramBytes: number): boolean;
  setFingerprint(peerIx: number, fingerprint: Uint8Array): void;
  setIdentity(certificatePem: string, keyPem: string): boolean;
  /** Undefined when OpenSSL refuses to make a certificate. */
  fingerprint(): Uint8Array | undefined;
  admit(peerIx: number, addressIx: number): boolean;
  usePath(peerIx: number, portIx: number, addressIx: number): boolean;
  setExtensionIds(peerIx: number, mid: number, transportSeq: number, absSendTime: number): boolean;
}

export type RawPlaneClass = new (sizes: RawSizes, onBatch: (rows: number) => void) => RawPlane;

export interface RawSizes {
  readonly rxRows: number;
  readonly txRows: number;
  readonly inlineBytes: number;
  readonly slots: number;
  readonly slotBytes: number;
  readonly addresses: number;
  readonly ports: number;
  readonly peers: number;
  readonly connections: number;
  readonly connectionsPerHost: number;
}

/** One block of memory, and where in it each part begins, in bytes. */
export interface RawMemory {
  readonly buffer: ArrayBuffer;
  readonly rxRowsAt: number;
  readonly txRowsAt: number;
  /** Two Int32: rows and inline bytes handed over. */
  readonly txHeadAt: number;
  /** One Int32 for how many, then the slots that are given back. */
  readonly returnedAt: number;
  /** One byte a slot: 1 while it is held. */
  readonly heldAt: number;
  readonly inlineAt: number;
  readonly slabAt: number;
}

export interface RawBindOptions {
  readonly ip: string;
  readonly port: number;
  readonly dualStack: boolean;
  readonly receiveBufferBytes: number;
  readonly sendBufferBytes: number;
  readonly dscp: number;
  readonly ecn: number;
  readonly segments: boolean;
  readonly coalesces: boolean;
  readonly forPeers: boolean;
  readonly stamps: boolean;
  readonly queueBytes: number;
}

export interface RawTcpOptions {
  readonly ip: string;
  readonly port: number;
  readonly dualStack: boolean;
  readonly sendBufferBytes: number;
  readonly dscp: number;
  readonly queueBytes: number;
}

/** As of `RawBound`. */
export interface RawListening {
  readonly error: number;
  readonly portIx: number;
  readonly ip: string;
  readonly port: number;
}

/** With an `error` that is not 0, the system's error number, nothing else is there. */
export interface RawBound {
  readonly error: number;
  readonly portIx: number;
  readonly ip: string;
  readonly port: number;
  readonly receiveBufferBytes: number;
  readonly sendBufferBytes: number;
  readonly segments: boolean;
  readonly coalesces: boolean;
}
