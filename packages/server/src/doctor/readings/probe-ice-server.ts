import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import type { Config } from '../../config/index.js';
import type { IceProbe } from '../checks/ice-server.js';
import { ALLOCATE, BINDING, type Credentials, REFRESH, stunRequest } from './stun.js';
import { openExchange, PATIENCE_MS, type StunExchange, type StunPlace } from './stun-exchange.js';

type IceServer = Config['iceServers'][number];
type Account = Pick<IceServer, 'username' | 'credential'>;

interface IceUrl {
  readonly relays: boolean;
  readonly transport: StunPlace['transport'] | 'dtls';
  readonly host: string;
  readonly port: number;
}

/** As RFC 7064 and RFC 7065 have it; an address in brackets is IPv6. The settings let nothing else through. */
export function readIceUrl(url: string): IceUrl {
  const [, scheme = '', rest = '', query] = /^(stuns?|turns?):([^?]+)(?:\?transport=(udp|tcp))?$/i.exec(url) ?? [];
  const [, host = rest, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(rest) ?? [];
  const secure = /s$/i.test(scheme);
  const plain = query?.toLowerCase() === 'tcp' ? 'tcp' : 'udp';
  return {
    relays: /^turn/i.test(scheme),
    transport: secure ? (query?.toLowerCase() === 'udp' ? 'dtls' : 'tls') : plain,
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (secure ? 5_349 : 3_478) : Number(port),
  };
}

/** Asks the server behind one URL as a browser would: a Binding of a STUN server, an Allocate of a TURN server. */
export async function probeIceServer(url: string, account: Account): Promise<IceProbe> {
  const { relays, transport, host, port } = readIceUrl(url);
  if (transport === 'dtls') return { kind: 'unprobed' };
  const address = ipaddr.isValid(host) ? host : await resolveHost(host);
  if (address === undefined) return { kind: 'unresolved', host };
  const begunMs = performance.now();
  let exchange: StunExchange | undefined;
  try {
    exchange = await openExchange({ transport, host, address, port });
    const connectedMs = tookMs(begunMs);
    const probe = relays ? await askForRelay(exchange, account) : await askForAddress(exchange);
    if (probe !== 'silent') return 'kind' in probe ? probe : answered(probe.sees, begunMs);
    if (transport === 'udp') return { kind: 'silent', afterMs: PATIENCE_MS };
    return { kind: 'connected', tookMs: connectedMs };
  } catch (error) {
    return failureOf(error as NodeJS.ErrnoException);
  } finally {
    exchange?.close();
  }
}

const tookMs = (begunMs: number) => Math.max(1, Math.round(performance.now() - begunMs));

function answered(sees: string | undefined, begunMs: number): IceProbe {
  return { kind: 'answered', tookMs: tookMs(begunMs), sees };
}

type Answer = 'silent' | { readonly sees: string | undefined } | { readonly kind: 'bad-credentials' };

async function askForAddress(exchange: StunExchange): Promise<Answer> {
  const response = await exchange.ask(stunRequest(BINDING));
  return response === null ? 'silent' : { sees: response.mapped };
}

/** The first Allocate learns realm and nonce by being refused; a nonce may be stale once (RFC 8489 §9.2.5). */
async function askForRelay(exchange: StunExchange, { username = '', credential = '' }: Account): Promise<Answer> {
  let credentials: Credentials | undefined;
  for (let attempt = 0; attempt < 3; attempt++) {
    const response = await exchange.ask(stunRequest(ALLOCATE, credentials));
    if (response === null) return 'silent';
    if (response.succeeded) {
      await exchange.ask(stunRequest(REFRESH, credentials));
      return { sees: response.mapped };
    }
    const { errorCode, realm, nonce } = response;
    const goesOn = (errorCode === 401 && credentials === undefined) || errorCode === 438;
    if (errorCode === 401 && !goesOn) return { kind: 'bad-credentials' };
    // A quota or the like: the server is there and knows us.
    if (!goesOn || nonce === undefined) return { sees: undefined };
    credentials = { username, credential, realm: realm ?? credentials?.realm ?? '', nonce };
  }
  return { kind: 'bad-credentials' };
}

async function resolveHost(host: string): Promise<string | undefined> {
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS).unref());
  const found = lookup(host).then(
    ({ address }) => address,
    () => undefined,
  );
  return Promise.race([found, late]);
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME|ALTNAME/;

function failureOf(error: NodeJS.ErrnoException): IceProbe {
  const code = error.code ?? 'EIO';
  if (code === 'ENOTSTUN') return { kind: 'no-stun' };
  if (code === 'ETIMEDOUT') return { kind: 'silent', afterMs: PATIENCE_MS };
  return UNTRUSTED.test(code) ? { kind: 'untrusted', reason: code } : { kind: 'refused', code };
}
