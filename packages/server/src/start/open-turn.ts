import { DEFAULT_TURN_LIMITS, type HostRange, parseHostRange, type TurnLimits } from '@madang/engine';
import { AddonMissing } from '@madang/native';
import type { Config } from '../config/index.js';
import {
  routedHosts,
  type TurnHosts,
  TurnListenError,
  type TurnPlaces,
  TurnService,
  turnHosts,
} from '../media/index.js';
import type { Sentence } from '../messages/index.js';
import { networkAddresses } from '../network/index.js';
import type { KeyPair } from '../tls/index.js';
import { listenError } from './listen-error.js';

export interface TurnNeeds {
  readonly secrets: readonly string[];
  /** Null: no TURN over TLS. */
  readonly certificate: KeyPair | null;
  /** Ports that this process serves on. Further ones are added as they are opened. */
  readonly servicePorts: number[];
  /** Those of media threads, which may be reached through relays. */
  readonly mediaPorts: readonly number[];
}

export interface OpenedTurn {
  readonly service: TurnService;
  readonly places: TurnPlaces;
}

const REALM = 'madang';
const NO_ADDON: Sentence = (m) => m.start.noTurnWithoutAddon;

/**
 * Opens the STUN and TURN server of a configuration: null when it is off. Where the addon is not built that is a sentence
 * for the operator, and everything else goes on. Throws `ConfigError` for a port that can't be opened.
 */
export async function openTurn(config: Config, needs: TurnNeeds): Promise<OpenedTurn | Sentence | null> {
  const hasTls = config.turnsPort !== 'off' && needs.certificate !== null;
  if (config.turnPort === 'off' && !hasTls && !config.share443) return null;
  const { announce } = config;
  const bind = config.turnBind.length > 0 ? config.turnBind : config.bind;
  const found = networkAddresses();
  const routed = await routedHosts();
  const hosts = turnHosts({ bind, announce, found, routed });
  try {
    const service = await openService(config, needs, hosts, bind);
    const internal = found.filter((each) => each.internal).map(({ address }) => address);
    return { service, places: placesOf(service, { config, hosts, routed, internal }) };
  } catch (error) {
    if (error instanceof AddonMissing) return NO_ADDON;
    throw error instanceof TurnListenError ? await complaint(error, config) : error;
  }
}

/**
 * Without `--bind` one socket for TCP takes both families, or IPv4 alone where there is no IPv6; and an address that was
 * found but can't be opened, such as one that is not the machine's own yet, is left out.
 */
async function openService(
  config: Config,
  needs: TurnNeeds,
  hosts: TurnHosts,
  bind: readonly string[],
): Promise<TurnService> {
  let udpHosts = hosts.clients;
  let streamHosts = bind.length > 0 ? hosts.clients : ['::'];
  for (;;) {
    try {
      return await TurnService.open({ ...serviceOptions(config, needs, hosts), udpHosts, streamHosts });
    } catch (error) {
      if (!(error instanceof TurnListenError) || !NO_SUCH_ADDRESS.test(error.code)) throw error;
      const { address } = error.where;
      if (bind.includes(address) || address === '0.0.0.0') throw error;
      udpHosts = udpHosts.filter((host) => host !== address);
      streamHosts = address === '::' ? ['0.0.0.0'] : streamHosts.filter((host) => host !== address);
    }
  }
}

const NO_SUCH_ADDRESS = /^(?:EAFNOSUPPORT|EADDRNOTAVAIL)$/;

function serviceOptions(config: Config, needs: TurnNeeds, hosts: TurnHosts) {
  const { turnPort, turnsPort } = config;
  const [from = 0, to = 0] = config.relayPorts.split('-').map(Number);
  const tls =
    turnsPort === 'off' || needs.certificate === null ? null : { port: turnsPort, certificate: needs.certificate };
  return {
    port: turnPort === 'off' ? null : turnPort,
    tls,
    turn: {
      realm: REALM,
      secrets: needs.secrets.map((secret) => Buffer.from(secret)),
      relayHosts: hosts.relays,
      relayPorts: { from, to },
      ownHosts: hosts.own,
      servicePorts: needs.servicePorts,
      mediaPorts: needs.mediaPorts,
      allowedPeers: config.turnAllowPeer.map(parseHostRange).filter((range): range is HostRange => range !== null),
      tcpRelays: config.turnTcpRelays,
      dontFragment: false,
      limits: limitsOf(config),
    },
  };
}

const BYTES_PER_KILOBIT = 125;

function limitsOf(config: Config): TurnLimits {
  return {
    ...DEFAULT_TURN_LIMITS,
    allocations: config.maxTurnAllocations,
    allocationsPerUser: config.maxTurnAllocationsPerMember,
    allocationBytesPerSecond: config.turnKbpsPerAllocation * BYTES_PER_KILOBIT,
    userBytesPerSecond: config.turnKbpsPerMember * BYTES_PER_KILOBIT,
  };
}

interface Surroundings {
  readonly config: Config;
  readonly hosts: TurnHosts;
  readonly routed: readonly string[];
  readonly internal: readonly string[];
}

function placesOf({ addresses }: TurnService, { config, hosts, routed, internal }: Surroundings): TurnPlaces {
  const portOf = (wanted: string) => addresses.find(({ transport }) => transport === wanted)?.port ?? null;
  const outside = hosts.clients.filter((address) => !internal.includes(address));
  return {
    port: portOf('tcp'),
    tlsPort: portOf('tls'),
    reaching: [...outside].sort((one, other) => Number(routed.includes(other)) - Number(routed.includes(one))),
    announce: config.announce,
    hasGivenCertificate: config.tlsCert !== undefined,
  };
}

async function complaint({ where, cause }: TurnListenError, { turnBind }: Config): Promise<Error> {
  return listenError(cause as NodeJS.ErrnoException, {
    ...where,
    flag: where.transport === 'tls' ? '--turns-port' : '--turn-port',
    addressFlag: turnBind.length > 0 ? '--turn-bind' : '--bind',
    transport: where.transport === 'udp' ? 'UDP' : 'TCP',
  });
}
