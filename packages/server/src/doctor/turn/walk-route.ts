import { ATTRIBUTE, type Family, familyOf, type TransportAddress } from '@madang/engine';
import { hostText } from '../../media/index.js';
import { openWire, TurnClient, type TurnReply, type WireError } from '../../turn-client/index.js';
import { echoThrough } from './echo-through.js';
import { faultOfReply, faultOfWire } from './fault-of.js';
import { accountOf, type TurnCredential, whyRefused } from './turn-credential.js';
import type { PassedStep, TurnFault, TurnRoute, TurnStep, TurnWalk } from './turn-walk.js';

export interface WalkOptions {
  readonly credential: TurnCredential;
  /** What the server should call itself; whatever it says is well without. */
  readonly realm?: string | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly wallMs: number;
}

/** An end of a walk before its last step. */
class Stop extends Error {
  readonly end: TurnWalk['end'];

  constructor(end: TurnWalk['end']) {
    super(end.kind);
    this.end = end;
  }
}

/** Walks one route until a step fails. Opens two allocations on it, which echo to each other, and ends both. */
export async function walkRoute(route: TurnRoute, family: Family, options: WalkOptions): Promise<TurnWalk> {
  const walker = new Walker(route, family, options);
  try {
    await walker.walk();
    return { route, family, passed: walker.passed, end: { kind: 'whole' } };
  } catch (error) {
    const { passed } = walker;
    if (error instanceof Stop) return { route, family, passed, end: error.end };
    if ((error as WireError).code === undefined) throw error;
    const fault = faultOfWire(error as WireError, route, walker.step);
    return { route, family, passed, end: { kind: 'failed', step: walker.step, fault } };
  } finally {
    await walker.close();
  }
}

class Walker {
  /** The step under way. */
  step: TurnStep = 'dns';
  readonly passed: PassedStep[] = [];
  readonly #route: TurnRoute;
  readonly #family: Family;
  readonly #options: WalkOptions;
  readonly #clients: TurnClient[] = [];
  readonly #allocated: TurnClient[] = [];

  constructor(route: TurnRoute, family: Family, options: WalkOptions) {
    this.#route = route;
    this.#family = family;
    this.#options = options;
  }

  async walk(): Promise<void> {
    const { address, host, resolvedMs, transport } = this.#route;
    if (address === null) throw this.#failed({ cause: 'no-address', host });
    if (resolvedMs !== null) this.#pass('dns', resolvedMs);
    this.step = transport === 'udp' ? 'udp' : 'tcp';
    const near = await this.#client((step, tookMs) => {
      this.#pass(step, tookMs);
      if (transport === 'tls') this.step = 'tls';
    });
    await this.#challenge(near);
    this.step = 'allocate';
    const nearRelay = await this.#allocate(near, true);
    const far = await this.#client();
    const farRelay = await this.#allocate(far, false);
    this.step = 'permission';
    await this.#permit(near, farRelay, true);
    await this.#permit(far, nearRelay, false);
    this.step = 'echo';
    const echo = await echoThrough({ client: near, relay: nearRelay }, { client: far, relay: farRelay });
    if (echo.kind === 'lost') throw this.#failed({ cause: 'echo-lost', peer: echo.peer, seconds: echo.seconds });
    this.#pass('echo', echo.tookMs);
  }

  /** Ends the allocations too, so that they count against nobody's quota. */
  async close(): Promise<void> {
    await Promise.all(this.#allocated.map((client) => client.refresh(0).catch(() => {})));
    for (const client of this.#clients) client.close();
  }

  #pass(step: TurnStep, tookMs: number): void {
    this.passed.push({ step, tookMs });
  }

  #failed(fault: TurnFault): Stop {
    return new Stop({ kind: 'failed', step: this.step, fault });
  }

  async #client(passed?: (step: 'tcp' | 'tls', tookMs: number) => void, far = false): Promise<TurnClient> {
    const { transport, host, port } = this.#route;
    const { credential, ca, insecure, wallMs } = this.#options;
    const place = { transport, host, address: this.#route.address as string, port, ca, insecure };
    const wire = await openWire(place, passed);
    const client = new TurnClient(wire, accountOf(credential, wallMs, far) ?? { username: '', password: '' });
    this.#clients.push(client);
    return client;
  }

  /** The first answer of all: that there is a TURN server, and what it calls itself. */
  async #challenge(client: TurnClient): Promise<void> {
    const reply = await client.challenge();
    if (reply.kind === 'silent') throw this.#failed(faultOfReply(reply, this.#route)!);
    if (this.#route.transport === 'udp' && 'tookMs' in reply) this.#pass('udp', reply.tookMs);
    if (reply.kind === 'error' && reply.code !== 401 && reply.code !== 486) {
      throw this.#failed(faultOfReply(reply, this.#route)!);
    }
  }

  async #allocate(client: TurnClient, isTold: boolean): Promise<TransportAddress> {
    const reply = await client.allocate(this.#family === 4 ? undefined : 6);
    if (reply.kind === 'success') this.#allocated.push(client);
    if (reply.kind === 'error' && reply.code === 440) throw new Stop({ kind: 'not-given' });
    this.#compareRealm(client);
    if (reply.kind === 'error' && reply.code === 401) throw this.#failed(await this.#whyRefused());
    const relay = this.#successOf(reply).xorAddress(ATTRIBUTE.XOR_RELAYED_ADDRESS);
    if (relay === null) throw this.#failed({ cause: 'refused', code: 0 });
    // Some servers give what they have, whatever was asked for.
    if (familyOf(relay.host) !== this.#family) throw new Stop({ kind: 'not-given' });
    if (isTold && 'tookMs' in reply) this.#pass('allocate', reply.tookMs);
    return relay;
  }

  #compareRealm({ realm }: TurnClient): void {
    const wanted = this.#options.realm;
    if (wanted === undefined || realm === null || realm === wanted) return;
    throw this.#failed({ cause: 'realm', realm, wanted });
  }

  /** With a secret, an expiry in the far future tells a wrong secret from a clock that is ahead. */
  async #whyRefused(): Promise<TurnFault> {
    const { credential, wallMs } = this.#options;
    const username = accountOf(credential, wallMs)?.username ?? '';
    let farWorks: boolean | null = null;
    if (credential.kind === 'secret') {
      const client = await this.#client(undefined, true);
      farWorks = (await client.allocate()).kind === 'success';
      if (farWorks) this.#allocated.push(client);
    }
    return whyRefused({ credential, username, wallMs, farWorks });
  }

  async #permit(client: TurnClient, peer: TransportAddress, isTold: boolean): Promise<void> {
    const reply = await client.permit(peer);
    if (reply.kind === 'error' && reply.code === 403) {
      throw this.#failed({ cause: 'peer-refused', peer: hostText(peer.host) });
    }
    this.#successOf(reply);
    if (isTold && 'tookMs' in reply) this.#pass('permission', reply.tookMs);
  }

  #successOf(reply: TurnReply) {
    const fault = faultOfReply(reply, this.#route);
    if (fault !== null || reply.kind !== 'success') throw this.#failed(fault!);
    return reply.message;
  }
}
