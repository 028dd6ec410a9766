import { type CommandOf, type CommandType, Engine, type LinkMessage } from '@madang/engine';
import { type Joined, type ProtocolError, protocolError, REQUESTS, type RequestName } from '@madang/protocol';
import { SeededRandom, type VirtualTime } from '@madang/testkit';
import type { OpenSocket } from '../src/link/index.js';
import { MemorySocket } from './memory-socket.js';

const LIMITS = { maxRooms: 10, maxMembers: 10, graceMs: 30_000, chatKeepMs: 300_000 };

/** The real rooms behind sockets in memory: the requests pass the protocol's schemas and go to a real engine. */
export class MemoryServer {
  readonly time: VirtualTime;
  /** One way, in milliseconds, asked anew for each message; the order of messages is kept all the same. */
  latencyMs: () => number = () => 2;
  up = true;
  readonly sockets = new Set<MemorySocket>();
  /** Every request that arrived, for counting, and how it was answered. */
  readonly requests: { readonly name: string; readonly payload: unknown; readonly reply: unknown }[] = [];
  /** What connections are turned away with while it is set. */
  turnAway: unknown;
  /** What a request is refused with before the rooms hear of it. */
  refuse: (name: string) => ProtocolError | undefined = () => undefined;
  /** What the next reply says of STUN and TURN. */
  iceServers: () => Pick<Joined, 'iceServers' | 'iceServersTtlMs'> = () => ({ iceServers: [] });
  readonly #random = new SeededRandom(7);
  #engine = this.#newEngine();
  #cancelTick: (() => void) | undefined;

  constructor(time: VirtualTime) {
    this.time = time;
  }

  readonly openSocket: OpenSocket = () => new MemorySocket(this);

  /** Connections that a server would count. */
  get connections(): number {
    return [...this.sockets].filter((socket) => socket.connected).length;
  }

  /** Stops: rooms are forgotten and every connection breaks, until `start`. */
  stop(): void {
    this.up = false;
    for (const socket of [...this.sockets]) socket.drop();
    this.#engine = this.#newEngine();
  }

  start(): void {
    this.up = true;
  }

  /** Says that it will stop. */
  drain(withinMs: number): void {
    this.#engine.command({ type: 'drain', withinMs }, this.time.nowMs());
    this.#settle();
  }

  handle(socket: MemorySocket, name: string, payload: unknown): unknown {
    const reply = this.#answer(socket, name, payload);
    this.requests.push({ name, payload, reply });
    return reply;
  }

  detach(socket: MemorySocket): void {
    this.#engine.command({ type: 'detach', link: socket.link }, this.time.nowMs());
    this.#settle();
  }

  #answer(socket: MemorySocket, name: string, payload: unknown): unknown {
    const refusal = this.refuse(name);
    if (refusal !== undefined) return refused(refusal);
    const parsed = REQUESTS[name as RequestName].safeParse(payload);
    if (!parsed.success) return refused(protocolError('bad_request', { detail: parsed.error.message }));
    const reply = this.#carryOut(socket, name as RequestName, parsed.data as Record<string, unknown>);
    // As the protocol promises, the reply goes out before the events of the request.
    queueMicrotask(() => this.#settle());
    return reply;
  }

  #carryOut(socket: MemorySocket, name: RequestName, payload: Record<string, unknown>): unknown {
    if (name === 'ice-servers') return { ok: true, ...this.iceServers() };
    const wallMs = this.time.nowMs();
    const { link, member } = socket;
    if (name === 'join' || name === 'resume') {
      const { protocol, ...rest } = payload;
      const reply = this.#command({ type: name, link, dialect: 'madang', wallMs, ...rest } as CommandOf<'join'>);
      if (reply.ok) socket.member = reply.self;
      return reply.ok ? { ...reply, protocol, ...this.iceServers() } : reply;
    }
    if (member === undefined) return refused(protocolError('not_joined'));
    const { member: target, ...rest } = payload;
    const reply = this.#command({ type: name, member, wallMs, target, ...rest } as unknown as CommandOf<'chat'>);
    if (name === 'leave' && reply.ok) socket.member = undefined;
    return reply;
  }

  #command<T extends CommandType>(command: CommandOf<T>) {
    const outcome = this.#engine.command(command, this.time.nowMs());
    if (outcome.ok) return outcome;
    const { code, ...extra } = outcome.error;
    return refused(protocolError(code, extra));
  }

  #settle(): void {
    for (const { link, message } of this.#engine.drain()) this.#deliver(link, message);
    this.#cancelTick?.();
    const nextAt = this.#engine.nextAt();
    if (nextAt === null) return;
    this.#cancelTick = this.time.after(nextAt - this.time.nowMs(), () => {
      this.#engine.tick(this.time.nowMs());
      this.#settle();
    });
  }

  #deliver(link: string, message: LinkMessage): void {
    const socket = [...this.sockets].find((other) => other.link === link);
    if (socket === undefined) return;
    if (message.type === 'replaced') socket.replaced();
    else socket.receive(message.event);
  }

  #newEngine(): Engine {
    return new Engine({ limits: LIMITS, random: this.#random });
  }
}

function refused(error: ProtocolError): { readonly ok: false; readonly error: ProtocolError } {
  return { ok: false, error };
}
