import type { TxTable } from '../ports/index.js';
import { ATTRIBUTE, MESSAGE_CLASS, METHOD, MessageWriter } from '../stun/index.js';
import type { ClientPath, Envelope } from './client-path.js';
import { writeInlineRow } from './relay-rows.js';
import type { TurnState } from './turn-state.js';

const METHOD_NAME = new Map(Object.entries(METHOD).map(([name, number]) => [number as number, name.toLowerCase()]));

/** What a procedure answers. `later`: when what it has asked for is there. */
export type Answer =
  | { readonly type: 'success'; readonly write?: (writer: MessageWriter) => void }
  | { readonly type: 'error'; readonly code: number; readonly write?: (writer: MessageWriter) => void }
  | { readonly type: 'later' };

/** One that is there now. */
export type GivenAnswer = Exclude<Answer, { type: 'later' }>;

export const SUCCESS: Answer = { type: 'success' };
export const LATER: Answer = { type: 'later' };

export function refuse(code: number): Answer {
  return { type: 'error', code };
}

/** For attributes that should have been understood (RFC 8489 §6.3.1). */
export function notUnderstood(types: readonly number[]): GivenAnswer {
  return { type: 'error', code: 420, write: (writer) => writer.addUnknownAttributes(types) };
}

/** The message that answers, signed as its request was. */
export function answerBytes(state: TurnState, envelope: Envelope, answer: GivenAnswer): Uint8Array {
  const isError = answer.type === 'error';
  const messageClass = isError ? MESSAGE_CLASS.ERROR : MESSAGE_CLASS.SUCCESS;
  const writer = new MessageWriter(envelope.method, messageClass, envelope.transaction);
  if (isError) writer.addErrorCode(answer.code);
  answer.write?.(writer);
  if (envelope.signing !== null) writer.addIntegrity(envelope.signing.kind, envelope.signing.key, state.ports.hmac);
  if (envelope.hasFingerprint) writer.addFingerprint();
  return writer.finish();
}

/** Answers a request, now or later; `bytes` are those of the answer when they are there already. */
export function answer(state: TurnState, envelope: Envelope, given: Answer, tx: TxTable, bytes?: Uint8Array): void {
  if (given.type === 'later') return;
  const name = METHOD_NAME.get(envelope.method) ?? 'unknown';
  state.counts.answered(`${name}_${given.type === 'error' ? given.code : 'success'}`);
  sendToClient(state, envelope.path, bytes ?? answerBytes(state, envelope, given), tx);
}

/** Sends a message of ours the way a client came. */
export function sendToClient(state: TurnState, path: ClientPath, bytes: Uint8Array, tx: TxTable): void {
  if (path.type === 'datagram') {
    if (!writeInlineRow(tx, bytes, path.addressIx, path.portIx)) state.counts.dropped('tx_full');
    return;
  }
  const stream = state.streams.get(path.stream);
  if (stream === undefined) return;
  const { into, at } = stream.leave(bytes.length);
  into.set(bytes, at);
  state.leaving.add(stream);
}

/** The attributes that TURN and STUN understand in a request, of those that must be understood. */
export const UNDERSTOOD: ReadonlySet<number> = new Set<number>([
  ATTRIBUTE.MAPPED_ADDRESS,
  ATTRIBUTE.USERNAME,
  ATTRIBUTE.MESSAGE_INTEGRITY,
  ATTRIBUTE.ERROR_CODE,
  ATTRIBUTE.UNKNOWN_ATTRIBUTES,
  ATTRIBUTE.CHANNEL_NUMBER,
  ATTRIBUTE.LIFETIME,
  ATTRIBUTE.XOR_PEER_ADDRESS,
  ATTRIBUTE.DATA,
  ATTRIBUTE.REALM,
  ATTRIBUTE.NONCE,
  ATTRIBUTE.XOR_RELAYED_ADDRESS,
  ATTRIBUTE.REQUESTED_ADDRESS_FAMILY,
  ATTRIBUTE.EVEN_PORT,
  ATTRIBUTE.REQUESTED_TRANSPORT,
  ATTRIBUTE.DONT_FRAGMENT,
  ATTRIBUTE.MESSAGE_INTEGRITY_SHA256,
  ATTRIBUTE.PASSWORD_ALGORITHM,
  ATTRIBUTE.USERHASH,
  ATTRIBUTE.XOR_MAPPED_ADDRESS,
  ATTRIBUTE.RESERVATION_TOKEN,
  ATTRIBUTE.CONNECTION_ID,
]);
