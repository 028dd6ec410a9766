import { z } from 'zod';
import { LANGUAGE_CODES, type Messages } from '../messages/index.js';
import { IceServers, TurnUrl } from './ice-servers.js';
import {
  Address,
  BasePath,
  FilePath,
  Flag,
  HostRange,
  listOf,
  Origin,
  oneOf,
  PortOrOff,
  PortRange,
  Secrets,
  TrustedProxy,
  whole,
} from './values.js';

export type SettingName = keyof Messages['settings'];

export const GROUPS = [
  'Addresses and ports',
  'TLS',
  'STUN and TURN',
  'Behind a proxy',
  'Rooms',
  'Limits',
  'Process',
  'Media',
] as const;

/** What a key is called. Flags, environment, file and help are all made from this; the messages explain it. */
export interface KeyMeta {
  /** The flag without its dashes; also the key in `madang.yaml`. The variable is `MADANG_` and the same in capitals. */
  readonly flag: SettingName;
  readonly group: (typeof GROUPS)[number];
  /** What stands for the value in the help; none for a flag that takes no value. */
  readonly placeholder?: string;
  readonly repeatable?: true;
  /** Holds credentials: never printed. */
  readonly secret?: true;
}

export const keyMeta = z.registry<KeyMeta>();

function key<S extends z.ZodType>(schema: S, meta: KeyMeta): S {
  keyMeta.add(schema, meta);
  return schema;
}

/** Everything an operator can set. */
export const ConfigSchema = z.object({
  httpPort: key(PortOrOff.prefault(8080), {
    flag: 'http-port',
    group: 'Addresses and ports',
    placeholder: 'PORT',
  }),
  httpsPort: key(PortOrOff.prefault(8443), {
    flag: 'https-port',
    group: 'Addresses and ports',
    placeholder: 'PORT',
  }),
  bind: key(listOf(Address).prefault([]), {
    flag: 'bind',
    group: 'Addresses and ports',
    placeholder: 'ADDRESS',
    repeatable: true,
  }),
  announce: key(listOf(Address).prefault([]), {
    flag: 'announce',
    group: 'Addresses and ports',
    placeholder: 'ADDRESS',
    repeatable: true,
  }),
  tlsCert: key(FilePath.optional(), {
    flag: 'tls-cert',
    group: 'TLS',
    placeholder: 'FILE',
  }),
  tlsKey: key(FilePath.optional(), {
    flag: 'tls-key',
    group: 'TLS',
    placeholder: 'FILE',
  }),
  turnPort: key(PortOrOff.prefault(3478), {
    flag: 'turn-port',
    group: 'STUN and TURN',
    placeholder: 'PORT',
  }),
  turnsPort: key(PortOrOff.prefault(5349), {
    flag: 'turns-port',
    group: 'STUN and TURN',
    placeholder: 'PORT',
  }),
  share443: key(Flag.prefault(false), {
    flag: 'share-443',
    group: 'STUN and TURN',
  }),
  turnBind: key(listOf(Address).prefault([]), {
    flag: 'turn-bind',
    group: 'STUN and TURN',
    placeholder: 'ADDRESS',
    repeatable: true,
  }),
  relayPorts: key(PortRange.prefault('49152-65535'), {
    flag: 'relay-ports',
    group: 'STUN and TURN',
    placeholder: 'A-B',
  }),
  turnSecret: key(Secrets.prefault([]), {
    flag: 'turn-secret',
    group: 'STUN and TURN',
    placeholder: 'SECRET',
    repeatable: true,
    secret: true,
  }),
  turnCredentialSeconds: key(whole(2, 86_400).prefault(300), {
    flag: 'turn-credential-seconds',
    group: 'STUN and TURN',
    placeholder: 'SECONDS',
  }),
  turnServers: key(listOf(TurnUrl).prefault([]), {
    flag: 'turn-server',
    group: 'STUN and TURN',
    placeholder: 'URL',
    repeatable: true,
  }),
  turnAllowPeer: key(listOf(HostRange).prefault([]), {
    flag: 'turn-allow-peer',
    group: 'STUN and TURN',
    placeholder: 'CIDR',
    repeatable: true,
  }),
  turnTcpRelays: key(Flag.prefault(false), {
    flag: 'turn-tcp-relays',
    group: 'STUN and TURN',
  }),
  maxTurnAllocations: key(whole(1, 16_000).prefault(5_000), {
    flag: 'max-turn-allocations',
    group: 'STUN and TURN',
    placeholder: 'COUNT',
  }),
  maxTurnAllocationsPerMember: key(whole(1, 16_000).prefault(48), {
    flag: 'max-turn-allocations-per-member',
    group: 'STUN and TURN',
    placeholder: 'COUNT',
  }),
  turnKbpsPerAllocation: key(whole(0, 10_000_000).prefault(0), {
    flag: 'turn-kbps-per-allocation',
    group: 'STUN and TURN',
    placeholder: 'KBPS',
  }),
  turnKbpsPerMember: key(whole(0, 10_000_000).prefault(0), {
    flag: 'turn-kbps-per-member',
    group: 'STUN and TURN',
    placeholder: 'KBPS',
  }),
  basePath: key(BasePath.prefault(''), {
    flag: 'base-path',
    group: 'Behind a proxy',
    placeholder: 'PATH',
  }),
  trustProxy: key(listOf(TrustedProxy).prefault([]), {
    flag: 'trust-proxy',
    group: 'Behind a proxy',
    placeholder: 'ADDRESS',
    repeatable: true,
  }),
  allowOrigin: key(listOf(Origin).prefault([]), {
    flag: 'allow-origin',
    group: 'Behind a proxy',
    placeholder: 'ORIGIN',
    repeatable: true,
  }),
  mode: key(oneOf(['p2p', 'sfu', 'auto']).prefault('auto'), {
    flag: 'mode',
    group: 'Rooms',
    placeholder: 'p2p|sfu|auto',
  }),
  iceServers: key(IceServers.prefault([]), {
    flag: 'ice-server',
    group: 'Rooms',
    placeholder: 'URL',
    repeatable: true,
    secret: true,
  }),
  maxRooms: key(whole(1, 1_000_000).prefault(1000), {
    flag: 'max-rooms',
    group: 'Rooms',
    placeholder: 'COUNT',
  }),
  maxMembers: key(whole(1, 10_000).prefault(100), {
    flag: 'max-members',
    group: 'Rooms',
    placeholder: 'COUNT',
  }),
  lastN: key(whole(0, 10_000).prefault(0), {
    flag: 'last-n',
    group: 'Rooms',
    placeholder: 'COUNT',
  }),
  whipToken: key(Secrets.prefault([]), {
    flag: 'whip-token',
    group: 'Rooms',
    placeholder: 'TOKEN',
    repeatable: true,
    secret: true,
  }),
  whepToken: key(Secrets.prefault([]), {
    flag: 'whep-token',
    group: 'Rooms',
    placeholder: 'TOKEN',
    repeatable: true,
    secret: true,
  }),
  chatKeepSeconds: key(whole(0, 604_800).prefault(300), {
    flag: 'chat-keep-seconds',
    group: 'Rooms',
    placeholder: 'SECONDS',
  }),
  resumeSeconds: key(whole(1, 600).prefault(30), {
    flag: 'resume-seconds',
    group: 'Rooms',
    placeholder: 'SECONDS',
  }),
  maxConnectionsPerAddress: key(whole(1, 1_000_000).prefault(200), {
    flag: 'max-connections-per-address',
    group: 'Limits',
    placeholder: 'COUNT',
  }),
  messageRate: key(whole(0, 100_000).prefault(50), {
    flag: 'message-rate',
    group: 'Limits',
    placeholder: 'COUNT',
  }),
  dataDir: key(FilePath.prefault('./data'), {
    flag: 'data-dir',
    group: 'Process',
    placeholder: 'DIRECTORY',
  }),
  config: key(FilePath.prefault('./madang.yaml'), {
    flag: 'config',
    group: 'Process',
    placeholder: 'FILE',
  }),
  drainSeconds: key(whole(0, 86_400).prefault(10), {
    flag: 'drain-seconds',
    group: 'Process',
    placeholder: 'SECONDS',
  }),
  lang: key(oneOf(LANGUAGE_CODES).optional(), {
    flag: 'lang',
    group: 'Process',
    placeholder: 'en|ko',
  }),
  logLevel: key(oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).prefault('info'), {
    flag: 'log-level',
    group: 'Process',
    placeholder: 'LEVEL',
  }),
  logFormat: key(oneOf(['auto', 'pretty', 'json']).prefault('auto'), {
    flag: 'log-format',
    group: 'Process',
    placeholder: 'FORMAT',
  }),
  json: key(Flag.prefault(false), {
    flag: 'json',
    group: 'Process',
  }),
  mediaPort: key(PortOrOff.prefault(40_000), {
    flag: 'media-port',
    group: 'Media',
    placeholder: 'PORT',
  }),
  mediaThreads: key(whole(1, 256).optional(), {
    flag: 'media-threads',
    group: 'Media',
    placeholder: 'COUNT',
  }),
  mediaBind: key(listOf(Address).prefault([]), {
    flag: 'media-bind',
    group: 'Media',
    placeholder: 'ADDRESS',
    repeatable: true,
  }),
});

/** The settings that a server runs with, checked and complete. */
export type Config = Readonly<z.output<typeof ConfigSchema>>;
export type ConfigField = keyof Config;
