/** What is to be sent on a stream. The bytes are not copied and must not change. */
export interface MessageToSend {
  readonly streamId: number;
  readonly ppid: number;
  /** At least one: SCTP has no empty messages (RFC 9260 §3.3.1). */
  readonly bytes: Uint8Array;
  readonly isOrdered: boolean;
  /** How often a part of it may be sent again before all of it is given up; infinity for always. */
  readonly maxRetransmits: number;
  /** When it is given up; infinity for never. */
  readonly expiresAtMs: number;
}

/** A message on its way, and how far it is. */
export class OutgoingMessage {
  readonly wanted: MessageToSend;
  /** Of its stream, 16 bits; from when its first part is sent. */
  ssn16 = 0;
  /** Bytes that are in parts already. */
  cutBytes = 0;
  isGivenUp = false;

  constructor(wanted: MessageToSend) {
    this.wanted = wanted;
  }

  get isWhole(): boolean {
    return this.cutBytes === this.wanted.bytes.length;
  }
}
