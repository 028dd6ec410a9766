import { delayLine } from './delay-line.js';
import { type Fault, fault } from './fault.js';
import { Host } from './host.js';
import { Namespace } from './namespace.js';
import { PacketRules } from './packet-rules.js';

/**
 * A small internet: a router with a machine for servers behind it, and as many hosts as a test wants, each in a network
 * of its own. All of it lives in network namespaces, so addresses are always the same and meet nobody else's.
 */
export class Network {
  /** The address of the machine for servers. */
  static readonly SERVER = '10.77.200.2';

  readonly router: Namespace;
  /** The machine for servers. */
  readonly server: Host;
  readonly #rules: PacketRules;
  readonly #numbers = new Map<Host, number>();
  readonly #gateways: Namespace[] = [];

  constructor() {
    Namespace.sweep();
    this.router = makeRouter('router');
    this.#rules = new PacketRules(this.router);
    this.server = new Host('server', this.router, line('e0', 'srv', 200));
  }

  /** A new host, reachable by all the others. */
  host(name: string): Host {
    const number = this.#numbers.size + 1;
    const host = new Host(name, this.router, line('e0', `h${number}`, number));
    this.#numbers.set(host, number);
    return host;
  }

  /** A new host behind a NAT of its own: seen from outside, it has the address of the NAT. */
  hostBehindNat(name: string): Host {
    const number = this.#numbers.size + 1;
    const nat = makeRouter(`nat${number}`);
    this.#gateways.push(nat);
    const { routerDevice, address, gateway } = line('e0', `h${number}`, number);
    this.router.ip(`link add ${routerDevice} type veth peer name outside netns ${nat.name}`);
    this.router.ip(`addr add ${gateway}/24 dev ${routerDevice}`);
    this.router.ip(`link set ${routerDevice} up`);
    nat.ip(`addr add ${address}/24 dev outside`);
    nat.ip('link set outside up');
    nat.ip(`route add default via ${gateway}`);
    nat.run('nft', 'add table ip nat');
    nat.run('nft', 'add chain ip nat leaving { type nat hook postrouting priority 100; }');
    nat.run('nft', 'add rule ip nat leaving oifname outside masquerade');
    // What comes uninvited is dropped, and must not take the port that the invitation will go out from.
    nat.run('nft', 'add chain ip nat arriving { type filter hook input priority 0; }');
    nat.run('nft', 'add rule ip nat arriving iifname outside drop');
    const inner = { device: 'e0', routerDevice: 'inside', address: '192.168.1.2', gateway: '192.168.1.1' } as const;
    const host = new Host(name, nat, inner);
    this.#numbers.set(host, number);
    return host;
  }

  /** Lets `host` go over to another network. */
  move(host: Host): void {
    const number = this.#number(host);
    host.moveTo(line('e1', `h${number}x`, 100 + number));
  }

  /** Nothing comes or goes any more, and the machine does not see why: as in a tunnel. */
  cut(host: Host): Fault {
    return both(this.drop({ from: host }), this.drop({ to: host }));
  }

  /** The two reach everyone but each other. */
  separate(a: Host, b: Host, what = ''): Fault {
    return both(this.drop({ from: a, to: b }, what), this.drop({ from: b, to: a }, what));
  }

  /** Drops packets on the way from one to another; `what` narrows it down in nftables' words. */
  drop({ from, to }: { readonly from?: Host; readonly to?: Host }, what = ''): Fault {
    const source = from === undefined ? [] : [`iifname ${this.#devices(from)}`];
    const target = to === undefined ? [] : [`oifname ${this.#devices(to)}`];
    return this.#rules.drop(...source, ...target, what);
  }

  /** Loses so many of a hundred packets from and to the host, at random. */
  lose(host: Host, percent: number): Fault {
    const some = `numgen random mod 100 < ${percent}`;
    return both(this.drop({ from: host }, some), this.drop({ to: host }, some));
  }

  /**
   * A line that carries no more than `kbps` towards the host, with a queue of so many milliseconds. A second time it is made
   * narrower or wider, and keeps what waits; then only one of the two is to be mended.
   */
  limit(host: Host, kbps: number, queueMs = 300): Fault {
    const device = `h${this.#number(host)}`;
    const shape = ['rate', `${kbps}kbit`, 'burst', '4kb', 'latency', `${queueMs}ms`];
    this.router.run('tc', 'qdisc', 'replace', 'dev', device, 'root', 'tbf', ...shape);
    return fault(() => this.router.run('tc', 'qdisc', 'del', 'dev', device, 'root'));
  }

  /** Every packet from and to the host takes `delayMs` longer. */
  async delay(host: Host, delayMs: number): Promise<Fault> {
    const number = this.#number(host);
    return await delayLine(this.router, { device: `h${number}`, network: `10.77.${number}.0/24`, number }, delayMs);
  }

  async close(): Promise<void> {
    for (const host of [...this.#numbers.keys(), this.server]) await host.close();
    for (const gateway of [...this.#gateways, this.router]) gateway.remove();
  }

  /** Both interfaces, as nftables wants a set. */
  #devices(host: Host): string {
    if (host === this.server) return 'srv';
    const number = this.#number(host);
    return `{ h${number}, h${number}x }`;
  }

  #number(host: Host): number {
    const number = this.#numbers.get(host);
    if (number === undefined) throw new Error('this host is not in this network');
    return number;
  }
}

function line(device: 'e0' | 'e1', routerDevice: string, number: number) {
  return { device, routerDevice, address: `10.77.${number}.2`, gateway: `10.77.${number}.1` } as const;
}

function makeRouter(name: string): Namespace {
  const router = Namespace.create(name);
  router.set('net/ipv4/ip_forward', 1);
  // A delayed packet comes back from elsewhere than it came from.
  router.set('net/ipv4/conf/all/rp_filter', 0);
  router.set('net/ipv4/conf/default/rp_filter', 0);
  return router;
}

function both(a: Fault, b: Fault): Fault {
  return fault(() => {
    a.mend();
    b.mend();
  });
}
