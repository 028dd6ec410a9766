import { DeadlineHeap, latin1Text } from '../bytes/index.js';
import {
  type AddressBook,
  type Hmac,
  type Random,
  RX,
  RX_COLUMNS,
  type RxTable,
  type TxTable,
} from '../ports/index.js';
import type { IceCredentials } from '../sdp/index.js';
import { MESSAGE_CLASS, METHOD, messageType } from '../stun/index.js';
import { AddressTrials } from './address-trials.js';
import { CheckFields } from './check-fields.js';
import type { CheckOutcome } from './check-outcome.js';
import { CheckWriter, type Way } from './check-writer.js';
import { CHOOSING_MS, CONSENT_MS, isLively, isPreferred, outranks, triedPriority } from './choice.js';
import { LiteAgent, type OwnSecret, ownSecret, remoteSecret, type Trial } from './lite-agent.js';
import { colonAt, isOfPresent, namedSecret } from './named-secret.js';
import { isSignedInPlace } from './signed-in-place.js';

/** An agent whose other side has been silent for too long. It has been closed already. */
export interface Expired {
  readonly owner: number;
  /** `unconnected`: no signed check ever came. */
  readonly reason: 'unconnected' | 'consent';
}

const REQUEST = messageType(METHOD.BINDING, MESSAGE_CLASS.REQUEST);
const SUCCESS = messageType(METHOD.BINDING, MESSAGE_CLASS.SUCCESS);

/** How long a new agent waits for its first check. */
export const CONNECT_MS = 30_000;

/**
 * The ICE-lite agents of one port (RFC 8445 §2.5, §7.3): they answer checks, and are always controlled. One address may
 * serve one agent at a time.
 *
 * Departing from a lite agent of the RFC, a connection that has an address moves to another only after a check of our own
 * has been answered from there: whoever knows the credentials could otherwise turn a stream against somebody else
 * (RFC 8445 §19.5.1). The old address is used until then. It also moves, by the same check, to where the other side goes on
 * checking once nothing has come from the old address for a while: consent is of one pair, and it says which.
 *
 * Cost of a check from a known address: two HMACs, and no copy.
 */
export class LiteAgents {
  readonly #book: AddressBook;
  readonly #hmac: Hmac;
  readonly #writer: CheckWriter;
  readonly #trials: AddressTrials;
  readonly #fields = new CheckFields();
  readonly #byUfrag = new Map<string, LiteAgent>();
  readonly #byAddress = new Map<number, LiteAgent>();
  readonly #deadlines = new DeadlineHeap<LiteAgent>();
  /** That of the row being read: one object serves all. */
  readonly #way = { portIx: -1, addressIx: -1 };
  #subject: LiteAgent | null = null;

  constructor(book: AddressBook, hmac: Hmac, random: Random) {
    this.#book = book;
    this.#hmac = hmac;
    this.#writer = new CheckWriter(book, hmac);
    this.#trials = new AddressTrials(book, random, this.#writer);
  }

  get size(): number {
    return this.#deadlines.size;
  }

  /** Whom the last row was about, where its outcome was not `unknown_user`, `malformed` or `stray`. */
  get subject(): LiteAgent | null {
    return this.#subject;
  }

  /** Whose address this is; null when nobody has proven to be there. */
  at(addressIx: number): LiteAgent | null {
    return this.#byAddress.get(addressIx) ?? null;
  }

  /** Whether an agent has, or had before a restart that is not over, this name. */
  knows(ufrag: string): boolean {
    return this.#byUfrag.has(ufrag);
  }

  /** `own.ufrag` is nobody else's here; `remote` is null as long as the other side's description has not come. */
  open(owner: number, own: IceCredentials, remote: IceCredentials | null, now: number): LiteAgent {
    const agent = new LiteAgent(owner, own, remote, now + CONNECT_MS);
    this.#byUfrag.set(own.ufrag, agent);
    agent.deadline = this.#deadlines.add(agent, agent.consentUntil);
    return agent;
  }

  /** The other side's description has come. */
  describe(agent: LiteAgent, remote: IceCredentials): void {
    agent.remote = remoteSecret(remote);
  }

  /**
   * ICE restart (RFC 8445 §9): checks count with the new credentials, and with the old ones until an address has been
   * chosen with the new. Sending goes on where it went.
   */
  restart(agent: LiteAgent, own: IceCredentials, remote: IceCredentials): void {
    if (agent.previous !== null) this.#byUfrag.delete(agent.previous.ufrag);
    agent.previous = agent.own;
    agent.own = ownSecret(own);
    agent.remote = remoteSecret(remote);
    agent.nominated = false;
    this.#trials.end(agent);
    this.#byUfrag.set(own.ufrag, agent);
  }

  /** Forgets an agent and its addresses. Closing again does nothing. */
  close(agent: LiteAgent): void {
    this.#trials.end(agent);
    this.#leave(agent);
    this.#byUfrag.delete(agent.own.ufrag);
    if (agent.previous !== null) this.#byUfrag.delete(agent.previous.ufrag);
    agent.previous = null;
    if (agent.deadline !== null) this.#deadlines.remove(agent.deadline);
    agent.deadline = null;
  }

  /**
   * Takes row `row` of `rx`, a STUN message, and writes what answers it to `tx`. Reads in place. What is not signed
   * changes nothing and is not answered.
   */
  receive(rx: RxTable, row: number, now: number, tx: TxTable): CheckOutcome {
    this.#subject = null;
    const column = row * RX_COLUMNS;
    const at = rx.rows[column + RX.SLOT]! * rx.slotBytes;
    if (!this.#fields.read(rx.slab, at, rx.rows[column + RX.LENGTH]!)) return 'malformed';
    this.#way.portIx = rx.rows[column + RX.PORT_IX]!;
    this.#way.addressIx = rx.rows[column + RX.ADDRESS_IX]!;
    if (this.#fields.type === REQUEST) return this.#request(rx.slab, this.#way, now, tx);
    if (this.#fields.type === SUCCESS) return this.#answer(rx.slab, this.#way, now);
    return 'stray';
  }

  /** The other side has been heard from `addressIx` in a way that only it could: SRTP that its keys opened. */
  heard(agent: LiteAgent, addressIx: number): boolean {
    const { trial } = agent;
    if (trial?.addressIx !== addressIx) return false;
    this.#move(agent, trial);
    return true;
  }

  nextAt(): number | null {
    return this.#deadlines.nextAt();
  }

  /** Repeats checks of ours, and closes agents whose other side is gone; who they were. */
  tick(now: number, tx: TxTable): Expired[] {
    const expired: Expired[] = [];
    for (let due = this.#deadlines.due(now); due !== null; due = this.#deadlines.due(now)) {
      const agent = due.value;
      if (agent.consentUntil <= now) {
        expired.push({ owner: agent.owner, reason: agent.addressIx < 0 ? 'unconnected' : 'consent' });
        this.close(agent);
        continue;
      }
      this.#trials.again(agent, now, tx);
      agent.deadline = this.#deadlines.add(agent, Math.min(agent.consentUntil, agent.trial?.nextAt ?? Infinity));
    }
    return expired;
  }

  #request(bytes: Uint8Array, way: Way, now: number, tx: TxTable): CheckOutcome {
    const fields = this.#fields;
    const agent = this.#agentOf(bytes, way.addressIx);
    if (agent === null) return 'unknown_user';
    const secret = namedSecret(agent, bytes, fields);
    if (secret === null) return 'unknown_user';
    this.#subject = agent;
    if (fields.integrityAt < 0) return 'forged';
    if (!isSignedInPlace(bytes, fields.at, fields.integrityAt, secret.key, this.#hmac)) return 'forged';
    const { key } = secret;
    if (fields.unknown.length > 0) {
      const told = this.#writer.error(tx, 420, fields.unknown, bytes, fields.at, way, key);
      return told ? 'unknown_attribute' : 'full';
    }
    if (fields.role === 'controlled') {
      return this.#writer.error(tx, 487, [], bytes, fields.at, way, key) ? 'role_conflict' : 'full';
    }
    if (this.#isTaken(agent, way.addressIx, now)) return 'taken';
    if (!this.#writer.success(tx, bytes, fields.at, way, key)) return 'full';
    const outcome = this.#place(agent, secret, way, now);
    this.#tryOut(agent, secret, bytes, way, now, tx);
    return outcome;
  }

  /** What a signed request means for where the other side is. */
  #place(agent: LiteAgent, secret: OwnSecret, way: Way, now: number): CheckOutcome {
    const { addressIx } = way;
    const isFirst = agent.addressIx < 0;
    if (isFirst || agent.addressIx === addressIx) agent.consentUntil = now + CONSENT_MS;
    if (isFirst || (!agent.nominated && agent.previous === null && this.#fields.useCandidate)) {
      this.#enter(agent, way);
    }
    const { useCandidate, priority } = this.#fields;
    if (secret !== agent.own) return isFirst ? 'found' : 'answered';
    if (useCandidate && agent.addressIx === addressIx) {
      const isNew = !agent.nominated;
      if (isNew) agent.choosingUntil = now + CHOOSING_MS;
      agent.portIx = way.portIx;
      agent.priority = priority;
      this.#nominate(agent);
      if (outranks(agent, priority, triedPriority(agent), now)) this.#trials.end(agent);
      return isNew ? 'nominated' : 'answered';
    }
    return isFirst ? 'found' : 'answered';
  }

  /** Begins to check where a check has come from, when the other side had rather be there. */
  #tryOut(agent: LiteAgent, secret: OwnSecret, bytes: Uint8Array, way: Way, now: number, tx: TxTable): void {
    const fields = this.#fields;
    if (!isPreferred(agent, fields, secret, way.addressIx, now) || !isOfPresent(agent, secret, bytes, fields)) return;
    if (!agent.nominated) agent.choosingUntil = now + CHOOSING_MS;
    this.#trials.begin(agent, way, { priority: fields.priority, secret }, now, tx);
    if (agent.trial !== null && agent.deadline !== null) this.#deadlines.move(agent.deadline, agent.trial.nextAt);
  }

  #answer(bytes: Uint8Array, way: Way, now: number): CheckOutcome {
    const fields = this.#fields;
    const agent = this.#trials.answered(bytes, fields, way.addressIx);
    if (agent === null || agent.remote === null) return 'stray';
    this.#subject = agent;
    if (fields.integrityAt < 0) return 'forged';
    if (!isSignedInPlace(bytes, fields.at, fields.integrityAt, agent.remote.key, this.#hmac)) return 'forged';
    agent.consentUntil = now + CONSENT_MS;
    this.#move(agent, agent.trial!);
    return 'moved';
  }

  /** By the address where one is known, else by the username; the former costs no string. */
  #agentOf(bytes: Uint8Array, addressIx: number): LiteAgent | null {
    const { usernameAt } = this.#fields;
    if (usernameAt < 0) return null;
    const known = this.#byAddress.get(addressIx);
    if (known !== undefined && namedSecret(known, bytes, this.#fields) !== null) return known;
    const colon = colonAt(bytes, this.#fields);
    if (colon < 0) return null;
    return this.#byUfrag.get(latin1Text(bytes.subarray(usernameAt, colon))) ?? null;
  }

  /** Somebody else is there, and has shown it lately: a sender's address can be forged, what it has signed cannot. */
  #isTaken(agent: LiteAgent, addressIx: number, now: number): boolean {
    const other = this.#byAddress.get(addressIx);
    return other !== undefined && other !== agent && isLively(other, now);
  }

  #nominate(agent: LiteAgent): void {
    agent.nominated = true;
    if (agent.previous !== null) this.#byUfrag.delete(agent.previous.ufrag);
    agent.previous = null;
  }

  #enter(agent: LiteAgent, { portIx, addressIx }: Way): void {
    agent.portIx = portIx;
    if (agent.addressIx === addressIx) return;
    this.#leave(agent);
    const before = this.#byAddress.get(addressIx);
    if (before !== undefined) this.#leave(before);
    this.#book.hold(addressIx);
    this.#byAddress.set(addressIx, agent);
    agent.addressIx = addressIx;
  }

  #leave(agent: LiteAgent): void {
    if (agent.addressIx < 0) return;
    this.#byAddress.delete(agent.addressIx);
    this.#book.release(agent.addressIx);
    agent.addressIx = -1;
  }

  #move(agent: LiteAgent, way: Trial): void {
    this.#enter(agent, way);
    agent.priority = way.priority;
    if (way.secret === agent.own) this.#nominate(agent);
    this.#trials.end(agent);
  }
}
