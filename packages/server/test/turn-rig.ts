import { DEFAULT_TURN_LIMITS, type TurnLimits, type TurnOptions } from '@madang/engine';
import { TurnService, turnHosts } from '../src/media/index.js';
import { issueAuthority, issueServer } from '../src/tls/issue.js';
import { SECRET } from './turn-wire.js';

export const HOSTS = ['127.0.0.1', '::1'];

const ranges = ['127.0.0.0/8', '::1/128'];
export const testAuthority = await issueAuthority('tests', { dns: ['localhost'], ranges }, Date.now());

export const newCertificate = () => issueServer(testAuthority, { dns: ['localhost'], addresses: HOSTS }, Date.now());

export type TurnRigOptions = Partial<Omit<TurnOptions, 'limits'>> & { readonly limits?: Partial<TurnLimits> };

/** A STUN and TURN server on free ports of loopback, in both families. */
export async function openTurnService({ limits, ...others }: TurnRigOptions = {}): Promise<TurnService> {
  const found = HOSTS.map((address) => ({ address, family: 'IPv4' as const, internal: true }));
  const hosts = turnHosts({ bind: [], announce: [], found, routed: [] });
  return TurnService.open({
    udpHosts: HOSTS,
    streamHosts: HOSTS,
    port: 0,
    tls: { port: 0, certificate: await newCertificate() },
    turn: {
      realm: 'madang',
      secrets: [SECRET],
      relayHosts: hosts.relays,
      relayPorts: { from: 40_100, to: 48_000 },
      ownHosts: hosts.own,
      servicePorts: [],
      mediaPorts: [],
      allowedPeers: [],
      tcpRelays: false,
      dontFragment: false,
      ...others,
      limits: { ...DEFAULT_TURN_LIMITS, ...limits },
    },
  });
}

/** The port of a transport at one of the hosts. */
export function portOf(service: TurnService, transport: string, host: string): number {
  const found = service.addresses.find((each) => each.transport === transport && each.address === host);
  if (found === undefined) throw new Error(`there is no ${transport} at ${host}`);
  return found.port;
}
