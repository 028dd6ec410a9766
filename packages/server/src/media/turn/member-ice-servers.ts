import { type Hmac, timeLimitedCredential } from '@madang/engine';
import type { IceServer, Joined } from '@madang/protocol';
import ipaddr from 'ipaddr.js';
import { cryptoHmac } from '../crypto-hashes.js';
import { hostName } from '../host-name.js';

/** Where this process serves STUN and TURN; a port that is not open is null. */
export interface TurnPlaces {
  readonly port: number | null;
  readonly tlsPort: number | null;
  /** Addresses that other machines reach, the best first; empty when only this one reaches us. */
  readonly reaching: readonly string[];
  /** What is to be told instead of what the page calls us. */
  readonly announce: readonly string[];
  /** Whether the certificate is for names that the operator has chosen, so that an address would not do. */
  readonly hasGivenCertificate: boolean;
}

export interface MemberIceServersOptions {
  /** What credentials are made with. */
  readonly secret: Uint8Array;
  readonly credentialMs: number;
  /** Of other TURN servers that know the secret. */
  readonly turnUrls: readonly string[];
  /** Told as they are. */
  readonly others: readonly IceServer[];
  readonly wallMs?: () => number;
  readonly hmac?: Hmac;
}

/** The STUN and TURN servers that each member is told, with credentials of its own. */
export class MemberIceServers {
  readonly #options: MemberIceServersOptions;
  #places: TurnPlaces | null = null;

  constructor(options: MemberIceServersOptions) {
    this.#options = options;
  }

  /** Where members are told that this process serves; null when they are told of no such place. */
  get places(): TurnPlaces | null {
    return this.#places;
  }

  /** From now on members are told of the server in this process. */
  serve(places: TurnPlaces): void {
    this.#places = places;
  }

  /**
   * For a member who has reached this server as `host` (a `Host` header). In the order that browsers do best with: STUN,
   * then TURN over UDP, over TCP and over TLS, all with the same credential; few enough that Firefox does not complain.
   */
  for(account: string, host: string): Pick<Joined, 'iceServers' | 'iceServersTtlMs'> {
    const { turnUrls, others, credentialMs } = this.#options;
    const { stun, turn } = urlsAt(this.#places, hostName(host));
    const relays = [...turn, ...turnUrls];
    const own: IceServer[] = stun.length > 0 ? [{ urls: stun }] : [];
    if (relays.length === 0) return { iceServers: [...own, ...others] };
    return {
      iceServers: [...own, { urls: relays, ...this.credential(account, credentialMs) }, ...others],
      iceServersTtlMs: credentialMs,
    };
  }

  /** Good for `forMs` from now. `account` is printable ASCII. */
  credential(account: string, forMs: number): { username: string; credential: string } {
    const { secret, wallMs = Date.now, hmac = cryptoHmac } = this.#options;
    return timeLimitedCredential(secret, account, wallMs() + forMs, hmac);
  }
}

interface Urls {
  readonly stun: string[];
  readonly turn: string[];
}

const NO_URLS: Urls = { stun: [], turn: [] };

/** The URLs of a server for somebody who calls it `name`. */
export function urlsAt(places: TurnPlaces | null, name: string): Urls {
  if (places === null) return NO_URLS;
  const { port, tlsPort, announce, hasGivenCertificate } = places;
  const hosts = announce.length > 0 ? announce : hostsFor(name, places.reaching);
  const tlsHosts = hasGivenCertificate && isDnsName(name) ? [name] : hosts;
  const each = (of: readonly string[], url: (host: string) => string) => of.map((host) => url(inUrl(host)));
  return {
    stun: port === null ? [] : each(hosts, (host) => `stun:${host}:${port}`),
    turn: [
      ...(port === null ? [] : each(hosts, (host) => `turn:${host}:${port}?transport=udp`)),
      ...(port === null ? [] : each(hosts, (host) => `turn:${host}:${port}?transport=tcp`)),
      ...(tlsPort === null ? [] : each(tlsHosts, (host) => `turns:${host}:${tlsPort}?transport=tcp`)),
    ],
  };
}

/**
 * What the page calls us is what it reaches us by. But a page on this machine may call us `localhost`, and browsers leave
 * loopback out when they look for ways to others.
 */
function hostsFor(name: string, reaching: readonly string[]): readonly string[] {
  if (isLoopback(name)) return reaching.length > 0 ? reaching.slice(0, 1) : [name];
  // Nobody but this machine reaches us, whatever proxy the page came by.
  if (reaching.length === 0) return [];
  return name === '' ? reaching.slice(0, 1) : [name];
}

function isDnsName(name: string): boolean {
  return name !== '' && !ipaddr.isValid(name) && !isLoopback(name);
}

function isLoopback(name: string): boolean {
  if (/^(?:.*\.)?localhost$/i.test(name)) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}

function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
