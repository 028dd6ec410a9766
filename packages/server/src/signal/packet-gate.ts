import { LIMITS, type ProtocolError, protocolError, utf8Bytes } from '@madang/protocol';
import { Decoder, PacketType } from 'socket.io-parser';
import { MessageBudget } from './message-budget.js';

/** The event name under which a refused packet goes on, in place of its own. No client can write a symbol. */
export const REFUSED: unique symbol = Symbol('refused');

/** What follows `REFUSED`. `final`: close the connection after telling. */
export interface Refusal {
  readonly error: ProtocolError;
  readonly final: boolean;
}

interface GateSettings {
  /** Messages a second; 0 is without limit. */
  readonly messageRate: number;
  readonly nowMs: () => number;
}

/** Binary frames that one packet may announce. They are refused all the same, so none is ever kept. */
const MOST_ATTACHMENTS = 10;
/** As much of a refused packet as is looked at, to find out which request to answer. */
const HEAD_CHARS = 160;
/** The one request that may be larger than others, as a client of socket.io writes it. */
const ANSWER = /^2(?:\/[^,]*,)?\d{0,15}\["answer",/;
/** Packet type, number of attachments, namespace, number of the acknowledgement. */
const HEAD = /^([0-6])(?:(\d{1,4})-)?(?:(\/[^,]*),)?(\d{1,15})?/;

/**
 * The decoder that every packet of a connection passes, before anything is parsed: counts it against the rate, measures
 * it, refuses binary. A refused request goes on as `REFUSED` under its own number, so that it can be acknowledged. What
 * is no packet at all throws, upon which socket.io closes the connection.
 *
 * socket.io makes one decoder for each connection and passes it nothing, hence a class made for these settings.
 */
export function packetGate(settings: GateSettings): typeof Decoder {
  return class PacketGate extends Decoder {
    readonly #budget = new MessageBudget(settings.messageRate, settings.nowMs());
    #attachmentsToSkip = 0;
    #abused = false;

    override add(chunk: unknown): void {
      if (this.#abused) return;
      if (typeof chunk !== 'string') return void this.#skipAttachment();
      if (this.#attachmentsToSkip > 0) throw new Error('text where an attachment was announced');
      const refusal = this.#judge(chunk);
      if (refusal === undefined) super.add(chunk);
      else this.#refuse(chunk, refusal);
    }

    #judge(text: string): Refusal | undefined {
      const admission = this.#budget.admit(settings.nowMs(), Math.ceil(text.length / LIMITS.messageBytes));
      if (admission.kind === 'abuse') {
        this.#abused = true;
        return { error: protocolError('rate_limited'), final: true };
      }
      if (admission.kind === 'wait') {
        return { error: protocolError('rate_limited', { retryAfterMs: admission.retryAfterMs }), final: false };
      }
      if (exceeds(text, mostBytesOf(text))) return { error: protocolError('message_too_large'), final: false };
      const type = text.charCodeAt(0) - 48;
      if (type === PacketType.BINARY_EVENT || type === PacketType.BINARY_ACK) {
        return { error: protocolError('bad_request', { detail: 'binary attachments are not accepted' }), final: false };
      }
      return undefined;
    }

    #refuse(text: string, refusal: Refusal): void {
      const [, type, attachments, nsp = '/', id] = HEAD.exec(text.slice(0, HEAD_CHARS)) ?? [];
      if (type === undefined) throw new Error('not a packet');
      if (Number(type) === PacketType.BINARY_EVENT || Number(type) === PacketType.BINARY_ACK) {
        const count = Number(attachments ?? 0);
        if (count < 1 || count > MOST_ATTACHMENTS) throw new Error('illegal number of attachments');
        this.#attachmentsToSkip = count;
      } else if (Number(type) === PacketType.CONNECT) {
        throw new Error('refused before it was connected');
      }
      const number = id === undefined ? {} : { id: Number(id) };
      this.emitReserved('decoded', { type: PacketType.EVENT, nsp, data: [REFUSED, refusal], ...number });
    }

    #skipAttachment(): void {
      if (this.#attachmentsToSkip === 0) throw new Error('an attachment that nothing announced');
      this.#attachmentsToSkip -= 1;
    }
  };
}

/** By the name of the event, before anything of it is parsed. */
function mostBytesOf(text: string): number {
  return ANSWER.test(text.slice(0, HEAD_CHARS)) ? LIMITS.answerBytes : LIMITS.messageBytes;
}

function exceeds(text: string, bytes: number): boolean {
  if (text.length * 3 <= bytes) return false;
  return text.length > bytes || utf8Bytes(text) > bytes;
}
