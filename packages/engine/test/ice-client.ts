import { FakeAddressBook, FakeTxTable, nodeHmac, SeededRandom } from '@madang/testkit';
import { latin1Bytes } from '../src/bytes/index.js';
import { type CheckOutcome, LiteAgents } from '../src/ice/index.js';
import { RX, RX_COLUMNS, type RxTable, TX } from '../src/ports/index.js';
import {
  ATTRIBUTE,
  isSigned,
  MESSAGE_CLASS,
  METHOD,
  MessageWriter,
  readMessage,
  type StunMessage,
} from '../src/stun/index.js';

export const OURS = { ufrag: 'ourUfrag', pwd: 'ourPasswordOf24Characters' };
export const THEIRS = { ufrag: 'them', pwd: 'theirPasswordOf24Characters' };
export const OTHER = { ufrag: 'otherUfrag', pwd: 'otherPasswordOf24Characters' };
const SLOT_BYTES = 2048;

export interface CheckOptions {
  readonly own?: typeof OURS;
  readonly theirs?: typeof THEIRS;
  readonly useCandidate?: boolean;
  /** PRIORITY; that of a UDP address of the machine unless told. */
  readonly priority?: number;
  readonly role?: 'controlling' | 'controlled';
  readonly unknown?: number;
  readonly fingerprint?: boolean;
}

/** One port with its agents and tables, and whatever others send to it. */
export class IcePort {
  readonly book = new FakeAddressBook(64);
  readonly agents = new LiteAgents(this.book, nodeHmac, new SeededRandom(7));
  readonly tx = new FakeTxTable({ txRows: 16, inlineBytes: 16 * 1024 }, (rows, inline) => this.#keep(rows, inline));
  #flushed: { to: number; bytes: Uint8Array; message: StunMessage }[] = [];
  #transactions = 0;

  /** An address of 192.0.2.0/24. */
  address(last: number, port = 5000): number {
    return this.book.enter(4, port, (192 << 24) | (2 << 8) | last, 0, 0, 0);
  }

  /** A check as a browser sends it. */
  check({
    own = OURS,
    theirs = THEIRS,
    useCandidate,
    priority = 1_853_824_767,
    role,
    unknown,
    fingerprint = true,
  }: CheckOptions = {}): Uint8Array {
    const transaction = new Uint8Array(12).fill(++this.#transactions);
    const writer = new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.REQUEST, transaction);
    writer.add(ATTRIBUTE.USERNAME, latin1Bytes(`${own.ufrag}:${theirs.ufrag}`)).addU32(ATTRIBUTE.PRIORITY, priority);
    writer.add(role === 'controlled' ? ATTRIBUTE.ICE_CONTROLLED : ATTRIBUTE.ICE_CONTROLLING, new Uint8Array(8));
    if (useCandidate) writer.add(ATTRIBUTE.USE_CANDIDATE, new Uint8Array(0));
    if (unknown !== undefined) writer.add(unknown, new Uint8Array(3));
    writer.addIntegrity('sha1', latin1Bytes(own.pwd), nodeHmac);
    return (fingerprint ? writer.addFingerprint() : writer).finish();
  }

  receive(bytes: Uint8Array, addressIx: number, now = 0): CheckOutcome {
    const slab = new Uint8Array(4 * SLOT_BYTES);
    slab.set(bytes, 2 * SLOT_BYTES);
    const rows = new Int32Array(RX_COLUMNS);
    rows[RX.SLOT] = 2;
    rows[RX.LENGTH] = bytes.length;
    rows[RX.ADDRESS_IX] = addressIx;
    const rx: RxTable = { rows, count: 1, slab, slotBytes: SLOT_BYTES };
    return this.agents.receive(rx, 0, now, this.tx);
  }

  /** What has been written since the last call, by destination. */
  sent(): { to: number; bytes: Uint8Array; message: StunMessage }[] {
    this.tx.flush();
    return this.#flushed.splice(0);
  }

  #keep(rows: readonly Int32Array[], inline: Uint8Array): void {
    for (const row of rows) {
      const bytes = inline.slice(row[TX.OFFSET]!, row[TX.OFFSET]! + row[TX.LENGTH]!);
      const message = readMessage(bytes);
      if (typeof message === 'string') throw new Error(message);
      this.#flushed.push({ to: row[TX.DESTINATION_IX]!, bytes, message });
    }
  }

  /** The answer of the other side to a check of ours. */
  answerTo(check: StunMessage, key = THEIRS.pwd): Uint8Array {
    return new MessageWriter(METHOD.BINDING, MESSAGE_CLASS.SUCCESS, check.transaction)
      .addXorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS, { host: Uint8Array.of(127, 0, 0, 1), port: 40_000 })
      .addIntegrity('sha1', latin1Bytes(key), nodeHmac)
      .addFingerprint()
      .finish();
  }
}

export function isSignedBy(message: StunMessage, { pwd }: typeof OURS): boolean {
  return isSigned(message, 'sha1', latin1Bytes(pwd), nodeHmac);
}

/** An agent that has been chosen an address: `home`, and not `away`. */
export function connected(): {
  port: IcePort;
  home: number;
  away: number;
  agent: ReturnType<IcePort['agents']['open']>;
} {
  const port = new IcePort();
  const agent = port.agents.open(1, OURS, THEIRS, 0);
  const [home, away] = [port.address(1), port.address(2)];
  port.receive(port.check({ useCandidate: true }), home);
  port.sent();
  return { port, home, away, agent };
}
