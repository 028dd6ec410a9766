import { latin1Bytes, writeU16, writeU32 } from '../bytes/index.js';
import type { TxTable } from '../ports/index.js';
import { ATTRIBUTE, METHOD, mustBeUnderstood, type StunMessage, type TransportAddress } from '../stun/index.js';
import { type Answer, answer, answerBytes, type GivenAnswer, notUnderstood, refuse, UNDERSTOOD } from './answers.js';
import { Authenticator, OFFERED_ALGORITHMS, type Proof, SERVER_FEATURES } from './authenticator.js';
import type { ClientPath, Envelope } from './client-path.js';
import { Nonces } from './nonces.js';
import { allocate } from './procedures/allocate.js';
import { channelBind } from './procedures/channel-bind.js';
import { connect } from './procedures/connect.js';
import { connectionBind } from './procedures/connection-bind.js';
import { createPermission } from './procedures/create-permission.js';
import { refresh } from './procedures/refresh.js';
import { ReplyAllowance } from './reply-allowance.js';
import type { AllocatedRequest, TurnRequest } from './turn-request.js';
import type { TurnState } from './turn-state.js';

type Procedure<R> = (state: TurnState, request: R) => Answer;

/** Procedures on a 5-tuple that has an allocation (RFC 8656 §5). */
const ALLOCATED = new Map<number, Procedure<AllocatedRequest>>([
  [METHOD.REFRESH, refresh],
  [METHOD.CREATE_PERMISSION, createPermission],
  [METHOD.CHANNEL_BIND, channelBind],
  [METHOD.CONNECT, connect],
]);

/** Those that need none. */
const UNALLOCATED = new Map<number, Procedure<TurnRequest>>([
  [METHOD.ALLOCATE, allocate],
  [METHOD.CONNECTION_BIND, connectionBind],
]);

/** An answer to somebody unproven is at most so many times as long as what it answers. */
const MOST_AMPLIFICATION = 3.6;

/** Requests: who sent them, whether they may be answered, and which procedure answers. */
export class Control {
  readonly #state: TurnState;
  readonly #nonces: Nonces;
  readonly #authenticator: Authenticator;
  readonly #allowance: ReplyAllowance;
  readonly #realm: Uint8Array;

  constructor(state: TurnState) {
    const { options, ports } = state;
    this.#state = state;
    this.#nonces = new Nonces(SERVER_FEATURES, options.limits.nonceMs, ports.random, ports.hmac);
    this.#authenticator = new Authenticator(options.realm, options.secrets, this.#nonces, ports.hmac, ports.digest);
    this.#allowance = new ReplyAllowance(options.limits.unprovenPerSecond, ports.random);
    this.#realm = latin1Bytes(options.realm);
  }

  /** Makes a username known by its hash. */
  introduce(username: string): void {
    this.#authenticator.known.add(latin1Bytes(username));
  }

  /** Answers a request, or counts why not. `wallMs` is the time since 1970. */
  request(message: StunMessage, path: ClientPath, now: number, wallMs: number, tx: TxTable): void {
    const { method } = message;
    if (method === METHOD.BINDING) {
      this.#binding(message, path, now, tx);
      return;
    }
    if (!ALLOCATED.has(method) && !UNALLOCATED.has(method)) {
      this.#state.counts.dropped('unknown_method');
      return;
    }
    const client = this.#state.clientOf(path);
    if (client === null) {
      this.#state.counts.dropped('address_gone');
      return;
    }
    const place = { path: pathBytes(path, client), now, wallMs };
    const isLive = (username: string) => method !== METHOD.ALLOCATE && this.#state.isLive(username);
    const proof = this.#authenticator.check(message, place, isLive);
    const envelope = envelopeOf(message, path, proof);
    if (proof.type === 'unproven') {
      this.#challenge(message, envelope, client, proof.code, place.path, now, tx);
      return;
    }
    const given = this.#proven({ message, envelope, client, identity: proof.identity, now });
    answer(this.#state, envelope, given, tx);
  }

  #proven(request: TurnRequest): Answer {
    const { message, envelope, identity } = request;
    const unknown = unknownOf(message);
    if (unknown.length > 0) return notUnderstood(unknown);
    const free = UNALLOCATED.get(message.method);
    if (free !== undefined) return free(this.#state, request);
    const allocation = this.#state.allocationOf(envelope.path);
    if (allocation === null || allocation.opening !== null) return refuse(437);
    if (allocation.identity.username !== identity.username) return refuse(441);
    return ALLOCATED.get(message.method)!(this.#state, { ...request, allocation });
  }

  /** RFC 8489 §6.3.1 and §12: whoever asks is told its address. */
  #binding(message: StunMessage, path: ClientPath, now: number, tx: TxTable): void {
    const client = this.#state.clientOf(path);
    if (client === null) {
      this.#state.counts.dropped('address_gone');
      return;
    }
    const unknown = unknownOf(message);
    const given: GivenAnswer =
      unknown.length > 0
        ? notUnderstood(unknown)
        : { type: 'success', write: (writer) => writer.addXorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS, client) };
    const envelope = envelopeOf(message, path, null);
    const bytes = answerBytes(this.#state, envelope, given);
    if (this.#allowance.takeBytes(client.host, message.bytes.length, bytes.length, now))
      answer(this.#state, envelope, given, tx, bytes);
    else this.#state.counts.dropped('unproven_limit');
  }

  /** Tells what a proof needs, in as few bytes as the request allows. */
  #challenge(
    message: StunMessage,
    envelope: Envelope,
    client: TransportAddress,
    code: number,
    place: Uint8Array,
    now: number,
    tx: TxTable,
  ): void {
    const { counts } = this.#state;
    if (!this.#allowance.take(client.host, now)) {
      counts.dropped('unproven_limit');
      return;
    }
    const most = MOST_AMPLIFICATION * message.bytes.length;
    const whole: Answer = {
      type: 'error',
      code,
      write: (writer) => {
        if (code === 400) return;
        writer.add(ATTRIBUTE.REALM, this.#realm).add(ATTRIBUTE.NONCE, this.#nonces.make(place, now));
        writer.add(ATTRIBUTE.PASSWORD_ALGORITHMS, OFFERED_ALGORITHMS);
      },
    };
    const brief: Answer = {
      type: 'error',
      code,
      write: (writer) => {
        writer.add(ATTRIBUTE.REALM, this.#realm).add(ATTRIBUTE.NONCE, this.#nonces.makeBrief(place, now));
      },
    };
    for (const given of [whole, brief] as const) {
      if (answerBytes(this.#state, envelope, given).length <= most) {
        answer(this.#state, envelope, given, tx);
        return;
      }
    }
    counts.dropped('amplification');
  }
}

/** The attributes that should be understood and are not. */
function unknownOf(message: StunMessage): number[] {
  return message.attributes.map(({ type }) => type).filter((type) => mustBeUnderstood(type) && !UNDERSTOOD.has(type));
}

/** What a nonce is bound to: the client's address and the server's port or connection. */
function pathBytes(path: ClientPath, { host, port }: TransportAddress): Uint8Array {
  const bytes = new Uint8Array(7 + host.length);
  bytes[0] = path.type === 'datagram' ? 0 : 1;
  writeU32(bytes, 1, path.type === 'datagram' ? path.portIx : path.stream);
  writeU16(bytes, 5, port);
  bytes.set(host, 7);
  return bytes;
}

function envelopeOf(message: StunMessage, path: ClientPath, proof: Proof | null): Envelope {
  return {
    path,
    method: message.method,
    transaction: message.transaction.slice(),
    signing: proof?.type === 'proven' ? { kind: proof.kind, key: proof.key } : null,
    hasFingerprint: message.has(ATTRIBUTE.FINGERPRINT),
  };
}
