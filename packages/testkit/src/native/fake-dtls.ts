import { PEER_FAILURE, PEER_STATE } from '@madang/engine';

const HANDSHAKE = 22;
const DATA = 23;
const GOODBYE = 21;

/** What a fake session needs of its plane. */
export interface FakeDtlsEnd {
  readonly ownFingerprint: string;
  readonly key: Uint8Array;
  send(bytes: Uint8Array): void;
  /** Keys of both directions, when the other end has proved to be the announced one. */
  connected(send: Uint8Array, receive: Uint8Array): void;
  tell(state: number, failure: number): void;
  data(bytes: Uint8Array): void;
}

interface Hello {
  readonly step: 'hello' | 'answer' | 'done';
  readonly fingerprint: string;
  readonly key: number[];
}

/**
 * Stands in for a DTLS session: three messages, a fingerprint that must be the announced one before keys are used, data,
 * a good-bye. Nothing is sent again: fakes lose nothing.
 */
export class FakeDtls {
  readonly #isServer: boolean;
  readonly #end: FakeDtlsEnd;
  #state: 'new' | 'connecting' | 'connected' | 'over' = 'new';
  #announced: string | undefined;
  #other: Hello | undefined;
  #isOtherDone = false;

  constructor(role: 'client' | 'server', end: FakeDtlsEnd) {
    this.#isServer = role === 'server';
    this.#end = end;
  }

  /** The peer has a path: a client begins. */
  begin(): void {
    if (this.#state !== 'new') return;
    this.#state = 'connecting';
    if (!this.#isServer) this.#say('hello');
  }

  announce(fingerprint: string): void {
    this.#announced ??= fingerprint;
    this.#check();
  }

  receive(record: Uint8Array): void {
    const body = record.subarray(1);
    if (record[0] === HANDSHAKE) this.#hear(JSON.parse(Buffer.from(body).toString()) as Hello);
    else if (this.#state !== 'connected') return;
    else if (record[0] === DATA) this.#end.data(body);
    else this.#finish(PEER_STATE.CLOSED, PEER_FAILURE.NONE);
  }

  /** False unless connected. */
  send(bytes: Uint8Array): boolean {
    if (this.#state === 'connected') this.#end.send(Uint8Array.from([DATA, ...bytes]));
    return this.#state === 'connected';
  }

  close(): void {
    if (this.#state === 'connected') this.#end.send(Uint8Array.of(GOODBYE));
    this.#state = 'over';
  }

  #hear(hello: Hello): void {
    if (this.#state === 'over' || this.#state === 'connected') return;
    if (this.#isServer && hello.step === 'hello') this.#say('answer');
    this.#other = hello;
    if (hello.step !== 'hello') this.#isOtherDone = true;
    this.#check();
  }

  #check(): void {
    if (this.#other === undefined || this.#announced === undefined) return;
    if (this.#other.fingerprint.toUpperCase() !== this.#announced.toUpperCase()) {
      this.#finish(PEER_STATE.FAILED, PEER_FAILURE.FINGERPRINT);
    } else if (this.#isOtherDone && this.#state !== 'connected') {
      if (!this.#isServer) this.#say('done');
      this.#state = 'connected';
      this.#end.connected(this.#end.key, Uint8Array.from(this.#other.key));
      this.#end.tell(PEER_STATE.CONNECTED, PEER_FAILURE.NONE);
    }
  }

  #finish(state: number, failure: number): void {
    this.#state = 'over';
    this.#end.tell(state, failure);
  }

  #say(step: Hello['step']): void {
    const { ownFingerprint: fingerprint, key } = this.#end;
    const text = JSON.stringify({ step, fingerprint, key: [...key] } satisfies Hello);
    this.#end.send(Uint8Array.from([HANDSHAKE, ...Buffer.from(text)]));
  }
}
