import { ATTRIBUTE } from '@madang/engine';
import type { Config } from '../../config/index.js';
import { endpointText } from '../../media/index.js';
import { openWire, PATIENCE_MS, TurnClient, type TurnReply, type WireError } from '../../turn-client/index.js';
import type { IceProbe } from '../checks/ice-server.js';
import { readIceUrl } from './ice-url.js';
import { resolveHost } from './resolve-host.js';

type IceServer = Config['iceServers'][number];
type Account = Pick<IceServer, 'username' | 'credential'>;

/** Asks the server behind one URL as a browser would: a Binding of a STUN server, an Allocate of a TURN server. */
export async function probeIceServer(url: string, account: Account): Promise<IceProbe> {
  const { relays, transport, host, port } = readIceUrl(url);
  if (transport === 'dtls') return { kind: 'unprobed' };
  const [address] = await resolveHost(host);
  if (address === undefined) return { kind: 'unresolved', host };
  const begunMs = performance.now();
  const tookMs = () => Math.max(1, Math.round(performance.now() - begunMs));
  let client: TurnClient | undefined;
  try {
    const wire = await openWire({ transport, host, address, port });
    client = new TurnClient(wire, { username: account.username ?? '', password: account.credential ?? '' });
    const connectedMs = tookMs();
    const probe = relays ? await askForRelay(client) : await askForAddress(client);
    if (probe !== 'silent') return 'kind' in probe ? probe : { kind: 'answered', tookMs: tookMs(), ...probe };
    if (transport === 'udp') return { kind: 'silent', afterMs: PATIENCE_MS };
    return { kind: 'connected', tookMs: connectedMs };
  } catch (error) {
    return failureOf(error as WireError);
  } finally {
    client?.close();
  }
}

type Answer = 'silent' | { readonly sees: string | undefined } | { readonly kind: 'bad-credentials' };

async function askForAddress(client: TurnClient): Promise<Answer> {
  const reply = await client.binding();
  return reply.kind === 'silent' ? 'silent' : { sees: seenBy(reply) };
}

async function askForRelay(client: TurnClient): Promise<Answer> {
  const reply = await client.allocate();
  if (reply.kind === 'silent') return 'silent';
  if (reply.kind === 'success') await client.refresh(0);
  const isStranger = reply.kind === 'unproven' || (reply.kind === 'error' && [401, 438].includes(reply.code));
  // A quota or the like: the server is there and knows us.
  return isStranger ? { kind: 'bad-credentials' } : { sees: seenBy(reply) };
}

function seenBy(reply: TurnReply): string | undefined {
  const address = reply.kind === 'success' ? reply.message.xorAddress(ATTRIBUTE.XOR_MAPPED_ADDRESS) : null;
  return address === null ? undefined : endpointText(address);
}

const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME|ALTNAME/;

function failureOf(error: WireError): IceProbe {
  const code = error.code ?? 'EIO';
  if (code === 'ENOTSTUN') return { kind: 'no-stun' };
  if (code === 'ETIMEDOUT') return { kind: 'silent', afterMs: PATIENCE_MS };
  return UNTRUSTED.test(code) ? { kind: 'untrusted', reason: code } : { kind: 'refused', code };
}
