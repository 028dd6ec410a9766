import { latin1Text } from '../bytes/index.js';
import type { Random } from '../ports/index.js';
import { type Family, familyOf } from '../stun/index.js';
import type { Relay, RelayTransport } from './relay.js';
import { type PortWish, RelayPorts } from './relay-ports.js';
import type { TurnOperation } from './turn-operation.js';
import type { RelayHost, TurnOptions } from './turn-options.js';

interface HostPorts {
  readonly host: RelayHost;
  readonly family: Family;
  readonly ports: Readonly<Record<RelayTransport, RelayPorts>>;
}

/** The relayed addresses: which there are, and which socket belongs to which. */
export class Relays {
  readonly #hosts: readonly HostPorts[];
  readonly #random: Random;
  readonly #operations: TurnOperation[];
  readonly #byId = new Map<number, Relay>();
  /** By the index of the port in the batch tables. */
  readonly #byPort: (Relay | undefined)[] = [];
  /** How many stand for an announced address. */
  readonly #announced = new Map<string, number>();
  #ids = 0;

  constructor(options: TurnOptions, random: Random, operations: TurnOperation[]) {
    const newPorts = () => new RelayPorts(options.relayPorts, random);
    this.#hosts = options.relayHosts.map((host) => ({
      host,
      family: familyOf(host.host),
      ports: { udp: newPorts(), tcp: newPorts() },
    }));
    this.#random = random;
    this.#operations = operations;
  }

  get size(): number {
    return this.#byId.size;
  }

  has(family: Family): boolean {
    return this.#hosts.some((host) => host.family === family);
  }

  /** Whether a relayed address stands at this address: a client of this server, who may be a peer of another. */
  isAnnounced(host: Uint8Array, port: number): boolean {
    return this.#announced.has(key(host, port));
  }

  /** The relay whose datagrams come in on a port. */
  atPort(portIx: number): Relay | undefined {
    return this.#byPort[portIx];
  }

  /**
   * Takes a port and asks for its socket; with `pair` two on ports that follow each other. An empty list: there is no
   * address of that family or no port is left.
   */
  open(transport: RelayTransport, family: Family, wish: PortWish): Relay[] {
    const hosts = this.#hosts.filter((host) => host.family === family);
    const start = hosts.length > 1 ? this.#random.uint32() % hosts.length : 0;
    for (let step = 0; step < hosts.length; step++) {
      const host = hosts[(start + step) % hosts.length]!;
      const port = host.ports[transport].take(wish);
      if (port === null) continue;
      const ports = wish === 'pair' ? [port, port + 1] : [port];
      return ports.map((each) => this.#bind(host, transport, each));
    }
    return [];
  }

  /** The socket that was asked for is there. Null when nobody waits for it any more: it is to be closed. */
  bound(id: number, portIx: number): Relay | null {
    const relay = this.#byId.get(id);
    if (relay === undefined || relay.state === 'bound') {
      if (relay === undefined) this.#operations.push({ type: 'unbind', relay: id });
      return null;
    }
    relay.state = 'bound';
    relay.portIx = portIx;
    if (portIx >= 0) this.#byPort[portIx] = relay;
    return relay;
  }

  get(id: number): Relay | undefined {
    return this.#byId.get(id);
  }

  /** Gives the port back. `hasSocket` false when its socket could not be opened or is gone. */
  close(relay: Relay, hasSocket = true): void {
    if (!this.#byId.delete(relay.id)) return;
    this.#hosts[relay.hostIx]!.ports[relay.transport].release(relay.port);
    if (relay.portIx >= 0) this.#byPort[relay.portIx] = undefined;
    const announced = key(relay.announced.host, relay.port);
    const others = (this.#announced.get(announced) ?? 1) - 1;
    if (others > 0) this.#announced.set(announced, others);
    else this.#announced.delete(announced);
    // A socket that is still being opened is closed when it is there.
    if (hasSocket && relay.state === 'bound') this.#operations.push({ type: 'unbind', relay: relay.id });
  }

  #bind(host: HostPorts, transport: RelayTransport, port: number): Relay {
    const relay: Relay = {
      id: ++this.#ids,
      transport,
      family: host.family,
      hostIx: this.#hosts.indexOf(host),
      port,
      announced: { host: host.host.announced, port },
      state: 'binding',
      portIx: -1,
      allocation: null,
      expiresAtMs: Number.POSITIVE_INFINITY,
    };
    this.#byId.set(relay.id, relay);
    const announced = key(host.host.announced, port);
    this.#announced.set(announced, (this.#announced.get(announced) ?? 0) + 1);
    this.#operations.push({ type: 'bind', relay: relay.id, transport, address: { host: host.host.host, port } });
    return relay;
  }
}

function key(host: Uint8Array, port: number): string {
  return `${latin1Text(host)}:${port}`;
}
