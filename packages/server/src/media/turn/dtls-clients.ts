import { parseHost, type TurnOperation, type TurnServer, type TxTable, writeInlineRow } from '@madang/engine';
import {
  DtlsIdentity,
  type DtlsOutput,
  DtlsSession,
  HelloGuard,
  type IdentityPem,
  type MediaPlane,
} from '@madang/native';
import type { Clock } from '../clock.js';
import type { Door } from './turn-loop.js';

type Act = <T>(door: Door<T>) => T;
type Addresses = Pick<MediaPlane, 'address' | 'keepAddress' | 'releaseAddress'>;

interface DtlsClient {
  readonly key: number;
  readonly portIx: number;
  readonly addressIx: number;
  /** The core's. */
  readonly stream: number;
  readonly session: DtlsSession;
  /** What its hello begins with: one that is repeated is no other client. */
  readonly hello: Uint8Array;
  endTimer: () => void;
}

/** What is on the other side of the sessions. */
export interface DtlsSurroundings {
  readonly plane: Addresses;
  readonly clock: Clock;
  readonly streams: () => TurnServer['streams'];
  readonly act: Act;
}

/** As long as a slot of the plane; a path that takes less has its datagrams cut by the system, as over UDP. */
const MOST_DATAGRAM_BYTES = 2_048;

/**
 * Clients over DTLS (RFC 8656 §3.1, RFC 7350 §4.1), each a stream of the core's whose pieces keep their borders: the core
 * bounds how many there are, and closes those that do not allocate. Nothing is kept for an address before a cookie came
 * back from it.
 */
export class DtlsClients {
  readonly #around: DtlsSurroundings;
  readonly #guard = new HelloGuard();
  readonly #byPath = new Map<number, DtlsClient>();
  readonly #byStream = new Map<number, DtlsClient>();
  #identity: DtlsIdentity;
  #refused = 0;
  #lost = 0;

  /** Throws when the certificate can't be used. */
  constructor(certificate: IdentityPem, around: DtlsSurroundings) {
    this.#identity = DtlsIdentity.load(certificate);
    this.#around = around;
  }

  /** Sessions that were not begun: there were too many, of one address or in all. */
  get refused(): number {
    return this.#refused;
  }

  /** Messages that were not sent: longer than a record may be, or for a session that is over. */
  get lost(): number {
    return this.#lost;
  }

  /** From now on new sessions show this certificate. Throws when it can't be used. */
  useCertificate(certificate: IdentityPem): void {
    this.#identity = DtlsIdentity.load(certificate);
  }

  /** A datagram that begins as DTLS does. */
  receive(bytes: Uint8Array, portIx: number, addressIx: number, now: number, tx: TxTable): void {
    const known = this.#byPath.get(keyOf(portIx, addressIx));
    const hello = helloOf(bytes);
    if (known !== undefined && (hello === null || Buffer.compare(hello, known.hello) === 0)) {
      this.#feed(known, bytes, now, tx);
      return;
    }
    const address = hello === null ? null : this.#around.plane.address(addressIx);
    const host = address === null ? null : parseHost(address.ip);
    if (address === null || host === null || hello === null) return;
    const verdict = this.#guard.check(bytes, Uint8Array.of(...host, address.port >> 8, address.port & 255), now);
    if (verdict.type === 'reply') writeInlineRow(tx, verdict.datagram, addressIx, portIx);
    if (verdict.type !== 'accept') return;
    // Somebody at that address begins anew, and has shown to receive there (RFC 6347 §4.2.8).
    if (known !== undefined) this.#end(known, now, tx);
    const client = this.#open({ host, port: address.port }, portIx, addressIx, hello, now);
    if (client !== null) this.#feed(client, bytes, now, tx);
  }

  /** Whether an operation of the core's was for a client of ours. */
  carryOut(operation: TurnOperation, now: number, tx: TxTable): boolean {
    if (operation.type !== 'write' && operation.type !== 'close-stream') return false;
    const client = this.#byStream.get(operation.stream);
    if (client === undefined) return false;
    if (operation.type === 'close-stream') this.#end(client, now, tx);
    else this.#write(client, operation.bytes, tx);
    return true;
  }

  /** Says good-bye to all. */
  close(): void {
    this.#around.act((_core, now, tx) => {
      for (const client of [...this.#byPath.values()]) this.#end(client, now, tx);
    });
  }

  #open(
    from: Parameters<TurnServer['streams']['open']>[1],
    portIx: number,
    addressIx: number,
    hello: Uint8Array,
    now: number,
  ): DtlsClient | null {
    const stream = this.#around.streams().open('dtls', from, now);
    if (stream === null) {
      this.#refused++;
      return null;
    }
    const session = new DtlsSession(this.#identity, {
      role: 'server',
      needsSrtp: false,
      afterCookie: true,
      needsCertificate: false,
      maxDataDatagramBytes: MOST_DATAGRAM_BYTES,
    });
    const key = keyOf(portIx, addressIx);
    const client = { key, portIx, addressIx, stream, session, hello: hello.slice(), endTimer() {} };
    this.#around.plane.keepAddress(addressIx);
    this.#byPath.set(key, client);
    this.#byStream.set(stream, client);
    session.start(now);
    return client;
  }

  #feed(client: DtlsClient, bytes: Uint8Array, now: number, tx: TxTable): void {
    const output = client.session.receive(bytes, now);
    send(client, output, tx);
    // What goes on for long brings data and nothing else.
    if (output.data.length === 0 || output.datagrams.length > 0) this.#look(client, now, tx);
    const streams = this.#around.streams();
    for (const message of output.data) streams.receive(client.stream, message, now, tx);
  }

  #write(client: DtlsClient, message: Uint8Array, tx: TxTable): void {
    const output = client.session.send(message);
    if (output === null) this.#lost++;
    else send(client, output, tx);
  }

  /** What has become of a session, and when it is to be looked after. */
  #look(client: DtlsClient, now: number, tx: TxTable): void {
    const { type } = client.session.state;
    client.endTimer();
    if (type === 'closed' || type === 'failed') {
      this.#end(client, now, tx);
      return;
    }
    const dueMs = client.session.nextTimeoutMs(now);
    if (dueMs === null) return;
    client.endTimer = this.#around.clock.after(dueMs, () => {
      this.#around.act((_core, later, table) => {
        send(client, client.session.handleTimeout(later), table);
        this.#look(client, later, table);
      });
    });
  }

  #end(client: DtlsClient, now: number, tx: TxTable): void {
    if (!this.#byStream.delete(client.stream)) return;
    client.endTimer();
    this.#byPath.delete(client.key);
    send(client, client.session.close(), tx);
    this.#around.plane.releaseAddress(client.addressIx);
    this.#around.streams().closed(client.stream, now);
  }
}

function send({ addressIx, portIx }: DtlsClient, { datagrams }: DtlsOutput, tx: TxTable): void {
  for (const datagram of datagrams) writeInlineRow(tx, datagram, addressIx, portIx);
}

/** Both are small: an index of an address has 31 bits, one of a port far fewer. */
function keyOf(portIx: number, addressIx: number): number {
  return portIx * 2 ** 31 + addressIx;
}

const HANDSHAKE = 22;
const CLIENT_HELLO = 1;
/** Of record and message, then the version (RFC 6347 §4.1, §4.2.2). */
const RANDOM_AT = 13 + 12 + 2;
const RANDOM_BYTES = 32;

/** The random of a ClientHello that is not encrypted; null for anything else. */
function helloOf(bytes: Uint8Array): Uint8Array | null {
  const isPlain = bytes.length >= RANDOM_AT + RANDOM_BYTES && bytes[3] === 0 && bytes[4] === 0;
  const isHello = isPlain && bytes[0] === HANDSHAKE && bytes[13] === CLIENT_HELLO;
  return isHello ? bytes.subarray(RANDOM_AT, RANDOM_AT + RANDOM_BYTES) : null;
}
