import { latin1Bytes, writeU32 } from '../bytes/index.js';
import type { AddressBook, Random, TxTable } from '../ports/index.js';
import { HEADER, TRANSACTION_BYTES } from '../stun/index.js';
import { candidatePriority } from './candidate-priority.js';
import type { CheckFields } from './check-fields.js';
import type { CheckWriter, Way } from './check-writer.js';
import type { LiteAgent, OwnSecret } from './lite-agent.js';

/** A check of ours is sent so often, this far apart: a second in all, for a path that works or does not. */
const SENDS = 4;
const APART_MS = 250;

/** Checks of our own: of addresses that another side wants to move to, one for each agent and address at a time. */
export class AddressTrials {
  readonly #book: AddressBook;
  readonly #random: Random;
  readonly #writer: CheckWriter;
  readonly #byAddress = new Map<number, LiteAgent>();
  readonly #tieBreaker = new Uint8Array(8);
  readonly #priority = candidatePriority({ type: 'host', rank: 8191 });

  constructor(book: AddressBook, random: Random, writer: CheckWriter) {
    this.#book = book;
    this.#random = random;
    this.#writer = writer;
    this.#fill(this.#tieBreaker);
  }

  get size(): number {
    return this.#byAddress.size;
  }

  /**
   * Begins a trial, in the place of the one that the agent has; not where another agent tries the same address. `check`:
   * PRIORITY and credentials of the one that calls for it, which ours answers with.
   */
  begin(
    agent: LiteAgent,
    { portIx, addressIx }: Way,
    check: { readonly priority: number; readonly secret: OwnSecret },
    now: number,
    tx: TxTable,
  ): void {
    if (agent.remote === null || this.#byAddress.has(addressIx)) return;
    this.end(agent);
    const transaction = new Uint8Array(TRANSACTION_BYTES);
    this.#fill(transaction);
    this.#book.hold(addressIx);
    this.#byAddress.set(addressIx, agent);
    agent.trial = { portIx, addressIx, ...check, transaction, sent: 0, nextAt: now };
    this.again(agent, now, tx);
  }

  /** Sends the check once more when it is time, and gives up after the last. */
  again(agent: LiteAgent, now: number, tx: TxTable): void {
    const { trial, remote } = agent;
    if (trial === null || remote === null || trial.nextAt > now) return;
    if (trial.sent === SENDS) {
      this.end(agent);
      return;
    }
    const { transaction, secret } = trial;
    const { ufrag, key } = remote;
    // Theirs first (RFC 8445 §7.2.2).
    const username = latin1Bytes(`${ufrag}:${secret.ufrag}`);
    const check = { username, key, transaction, priority: this.#priority, tieBreaker: this.#tieBreaker };
    this.#writer.check(tx, check, trial);
    trial.sent++;
    trial.nextAt = now + APART_MS;
  }

  end(agent: LiteAgent): void {
    if (agent.trial === null) return;
    this.#byAddress.delete(agent.trial.addressIx);
    this.#book.release(agent.trial.addressIx);
    agent.trial = null;
  }

  /** Who waits for this answer, from this very address. */
  answered(bytes: Uint8Array, fields: CheckFields, addressIx: number): LiteAgent | null {
    const agent = this.#byAddress.get(addressIx);
    const transaction = agent?.trial?.transaction;
    if (agent === undefined || transaction === undefined) return null;
    for (let ix = 0; ix < TRANSACTION_BYTES; ix++) {
      if (bytes[fields.at + HEADER.TRANSACTION + ix] !== transaction[ix]) return null;
    }
    return agent;
  }

  #fill(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 4) writeU32(bytes, at, this.#random.uint32());
  }
}
