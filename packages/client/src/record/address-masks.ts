/** An IPv6 address by its shape; whether it is one is seen when it is read. */
const IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){2,8}(?:(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4})(?![0-9a-z]|:[0-9a-f:])/gi;
const IPV4 = /(?<!\d|\d\.)(?:\d{1,3}\.){3}\d{1,3}(?!\d|\.\d)/g;
/** Names that stand for addresses (mDNS). */
const LOCAL_NAME = /(?<![\w-])[\w-]+\.local\b/gi;

/** Addresses that are the same on every machine. */
const NOBODYS = new Set(['0.0.0.0', '127.0.0.1', '255.255.255.255', '::', '::1']);

/** What is kept of an address: what kind of network it belongs to, and which others belong to the same one. `x` in it, so that it is no address any more. */
const PREFIXES4: readonly (readonly [RegExp, string])[] = [
  [/^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./, '10.x.'],
  [/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./, '100.64x.'],
  [/^169\.254\./, '169.254x.'],
  [/^127\./, '127.x.'],
];
const PREFIXES6: readonly (readonly [RegExp, string])[] = [
  [/^fe[89ab]/, 'fe80::x:'],
  [/^f[cd]/, 'fd00::x:'],
];

/** Puts a name of its own in the place of each address: the same one for the same address, whatever it is written like. */
export class AddressMasks {
  readonly #masks = new Map<string, string>();
  readonly #networks = new Map<string, number>();
  #count = 0;

  mask(text: string): string {
    return text
      .replace(IPV6, (found) => this.#maskIpv6(found))
      .replace(IPV4, (found) => this.#maskIpv4(found))
      .replace(LOCAL_NAME, (found) => this.#maskFor(found.toLowerCase(), (n) => `name-x${n}.local`));
  }

  #maskIpv4(address: string): string {
    if (NOBODYS.has(address) || address.split('.').some((part) => Number(part) > 255)) return address;
    const prefix = PREFIXES4.find(([pattern]) => pattern.test(address))?.[1] ?? '203.x.';
    const network = this.#number(address.split('.').slice(0, 3).join('.'));
    return this.#maskFor(address, (n) => `${prefix}${network}.${n}`);
  }

  #maskIpv6(address: string): string {
    if (NOBODYS.has(address)) return address;
    const full = expandIpv6(address);
    // The colon may belong to the sentence.
    if (full === undefined) return address.endsWith(':') ? `${this.#maskIpv6(address.slice(0, -1))}:` : address;
    const prefix = PREFIXES6.find(([pattern]) => pattern.test(full))?.[1] ?? '2001::x:';
    const network = this.#number(full.slice(0, 19));
    return this.#maskFor(full, (n) => `${prefix}${network}:${n}`);
  }

  /** What is in one network stays in one network. */
  #number(network: string): number {
    const known = this.#networks.get(network) ?? this.#networks.size + 1;
    this.#networks.set(network, known);
    return known;
  }

  #maskFor(address: string, write: (n: number) => string): string {
    const known = this.#masks.get(address);
    if (known !== undefined) return known;
    this.#count += 1;
    const mask = write(this.#count);
    this.#masks.set(address, mask);
    return mask;
  }
}

/** RFC 4291 §2.2: eight groups of four digits in lower case; undefined for what is no address. */
export function expandIpv6(address: string): string | undefined {
  const [head = '', tail, ...more] = address
    .toLowerCase()
    .replace(/(?:\d{1,3}\.){3}\d{1,3}$/, embedded)
    .split('::');
  if (more.length > 0) return undefined;
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...after];
  if (all.some((group) => !/^[0-9a-f]{1,4}$/.test(group))) return undefined;
  return all.map((group) => group.padStart(4, '0')).join(':');
}

/** The last 32 bits, where they are written as an IPv4 address. */
function embedded(ipv4: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number);
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}
