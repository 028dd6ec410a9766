/** The addon's classes behind `DtlsIdentity`, `DtlsSession`, `HelloGuard` and `SrtpPair`. */

export interface RawDtlsIdentity {
  fingerprint(): Buffer;
  certificatePem(): string;
  keyPem(): string;
  setProfiles(numbers: readonly number[]): boolean;
}

export type RawDtlsIdentityClass = new (certificatePem?: string, keyPem?: string) => RawDtlsIdentity;

export interface RawDtlsOptions {
  readonly isClient: boolean;
  readonly maxDatagramBytes: number;
  readonly needsSrtp: boolean;
  readonly afterCookie: boolean;
  readonly needsCertificate: boolean;
  readonly maxDataDatagramBytes: number;
}

export interface RawDtlsOutput {
  readonly datagrams: readonly Buffer[];
  readonly data: readonly Buffer[];
}

/** `state` and `failure` are the numbers of DtlsState and DtlsFailure in C++; alerts are -1 when there was none. */
export interface RawDtlsStatus {
  readonly state: number;
  readonly failure: number;
  readonly alertReceived: number;
  readonly alertSent: number;
  readonly srtpProfile: number;
  readonly maxDataBytes: number;
  readonly droppedRecords: number;
}

export interface RawDtlsSession {
  setRemoteFingerprint(fingerprint: Uint8Array): RawDtlsOutput;
  start(nowMs: number): RawDtlsOutput;
  receive(datagram: Uint8Array, nowMs: number): RawDtlsOutput;
  /** -1: never. */
  nextTimeoutMs(nowMs: number): number;
  handleTimeout(nowMs: number): RawDtlsOutput;
  send(data: Uint8Array): RawDtlsOutput | null;
  close(): RawDtlsOutput;
  status(): RawDtlsStatus;
  takeSrtp(pair: RawSrtpPair): boolean;
}

export type RawDtlsSessionClass = new (identity: RawDtlsIdentity, options: RawDtlsOptions) => RawDtlsSession;

export interface RawSrtpPair {
  protectRtp(buffer: Uint8Array, length: number): number;
  protectRtcp(buffer: Uint8Array, length: number): number;
  unprotectRtp(packet: Uint8Array): number;
  unprotectRtcp(packet: Uint8Array): number;
  /** Counts by the numbers of SrtpFailure in C++. */
  failures(): { readonly send: readonly number[]; readonly receive: readonly number[] };
}

export type RawSrtpPairClass = new (profile?: number, send?: Uint8Array, receive?: Uint8Array) => RawSrtpPair;

export interface RawHelloGuard {
  /** 0 drop, 1 reply, 2 accept. */
  check(datagram: Uint8Array, address: Uint8Array, nowMs: number, reply: Uint8Array): number;
}

export interface RawHelloGuardClass {
  new (): RawHelloGuard;
  readonly replyBytes: number;
}
