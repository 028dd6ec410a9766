import { z } from 'zod';
import { IceServers } from './ice-servers.js';
import {
  Address,
  BasePath,
  FilePath,
  Flag,
  listOf,
  Origin,
  Port,
  PortOrOff,
  PortRange,
  TrustedProxy,
  whole,
} from './values.js';

export const GROUPS = ['Addresses and ports', 'TLS', 'Behind a proxy', 'Rooms', 'Limits', 'Process', 'Media'] as const;

/** What a key is called and how it is explained. Flags, environment, file and help are all made from this. */
export interface KeyMeta {
  /** The flag without its dashes; also the key in `madang.yaml`. The variable is `MADANG_` and the same in capitals. */
  readonly flag: string;
  readonly group: (typeof GROUPS)[number];
  readonly description: string;
  /** What stands for the value in the help; none for a flag that takes no value. */
  readonly placeholder?: string;
  /** What holds when nothing is set, in words, where the value itself says too little. */
  readonly defaultText?: string;
  readonly repeatable?: true;
  /** Holds credentials: never printed. */
  readonly secret?: true;
  /** Accepted and checked, but nothing uses it yet. */
  readonly reserved?: true;
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
    description: 'Port for HTTP; 0 takes any free one, off listens for HTTPS only',
  }),
  httpsPort: key(PortOrOff.prefault(8443), {
    flag: 'https-port',
    group: 'Addresses and ports',
    placeholder: 'PORT',
    description: 'Port for HTTPS; 0 takes any free one, off listens for HTTP only',
  }),
  bind: key(listOf(Address).prefault([]), {
    flag: 'bind',
    group: 'Addresses and ports',
    placeholder: 'ADDRESS',
    description: 'Listen on this address only',
    defaultText: 'all addresses',
    repeatable: true,
  }),
  announce: key(listOf(Address).prefault([]), {
    flag: 'announce',
    group: 'Addresses and ports',
    placeholder: 'ADDRESS',
    description: 'Advertise this address instead of those found, as a machine behind NAT needs',
    defaultText: 'those found',
    repeatable: true,
  }),
  tlsCert: key(FilePath.optional(), {
    flag: 'tls-cert',
    group: 'TLS',
    placeholder: 'FILE',
    description: 'Certificate chain in PEM, read again when it changes; needs --tls-key',
    defaultText: 'made by a local authority',
  }),
  tlsKey: key(FilePath.optional(), {
    flag: 'tls-key',
    group: 'TLS',
    placeholder: 'FILE',
    description: 'Private key in PEM that belongs to --tls-cert',
    defaultText: 'made with the certificate',
  }),
  basePath: key(BasePath.prefault(''), {
    flag: 'base-path',
    group: 'Behind a proxy',
    placeholder: 'PATH',
    description: 'Serve everything below this path, such as /calls',
    defaultText: 'none',
  }),
  trustProxy: key(listOf(TrustedProxy).prefault([]), {
    flag: 'trust-proxy',
    group: 'Behind a proxy',
    placeholder: 'ADDRESS',
    description: 'Believe X-Forwarded-* from this address or range; also loopback, all',
    defaultText: 'nobody',
    repeatable: true,
  }),
  allowOrigin: key(listOf(Origin).prefault([]), {
    flag: 'allow-origin',
    group: 'Behind a proxy',
    placeholder: 'ORIGIN',
    description: 'Let pages of this origin connect, besides our own; * lets all',
    defaultText: 'our own only',
    repeatable: true,
  }),
  mode: key(z.enum(['p2p', 'sfu', 'auto'], { error: 'p2p, sfu or auto' }).prefault('p2p'), {
    flag: 'mode',
    group: 'Rooms',
    placeholder: 'p2p|sfu|auto',
    description: 'Mode of new rooms; this version has p2p only',
  }),
  iceServers: key(IceServers.prefault([]), {
    flag: 'ice-server',
    group: 'Rooms',
    placeholder: 'URL',
    description: 'STUN or TURN server that members are told; credentials belong in the file',
    defaultText: 'none',
    repeatable: true,
    secret: true,
  }),
  maxRooms: key(whole(1, 1_000_000).prefault(1000), {
    flag: 'max-rooms',
    group: 'Rooms',
    placeholder: 'COUNT',
    description: 'Rooms at one time',
  }),
  maxMembers: key(whole(1, 10_000).prefault(100), {
    flag: 'max-members',
    group: 'Rooms',
    placeholder: 'COUNT',
    description: 'Members of one room; a peer-to-peer room never holds more than four',
  }),
  chatKeepSeconds: key(whole(0, 604_800).prefault(300), {
    flag: 'chat-keep-seconds',
    group: 'Rooms',
    placeholder: 'SECONDS',
    description: 'How long the chat of an empty room is kept',
  }),
  resumeSeconds: key(whole(1, 600).prefault(30), {
    flag: 'resume-seconds',
    group: 'Rooms',
    placeholder: 'SECONDS',
    description: 'How long a dropped member may resume',
  }),
  maxConnectionsPerAddress: key(whole(1, 1_000_000).prefault(200), {
    flag: 'max-connections-per-address',
    group: 'Limits',
    placeholder: 'COUNT',
    description: 'Signaling connections from one address',
  }),
  messageRate: key(whole(0, 100_000).prefault(50), {
    flag: 'message-rate',
    group: 'Limits',
    placeholder: 'COUNT',
    description: 'Messages a second from one connection, four times that in a burst; 0 is unlimited',
  }),
  dataDir: key(FilePath.prefault('./data'), {
    flag: 'data-dir',
    group: 'Process',
    placeholder: 'DIRECTORY',
    description: 'Where the local authority and everything else that stays is kept',
  }),
  config: key(FilePath.prefault('./madang.yaml'), {
    flag: 'config',
    group: 'Process',
    placeholder: 'FILE',
    description: 'Read settings from this file',
    defaultText: './madang.yaml if it is there',
  }),
  drainSeconds: key(whole(0, 86_400).prefault(10), {
    flag: 'drain-seconds',
    group: 'Process',
    placeholder: 'SECONDS',
    description: 'How long a stop waits for members to leave',
  }),
  logLevel: key(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
        error: 'trace, debug, info, warn, error or silent',
      })
      .prefault('info'),
    {
      flag: 'log-level',
      group: 'Process',
      placeholder: 'LEVEL',
      description: 'Least level that is logged: trace, debug, info, warn, error, silent',
    },
  ),
  logFormat: key(z.enum(['auto', 'pretty', 'json'], { error: 'auto, pretty or json' }).prefault('auto'), {
    flag: 'log-format',
    group: 'Process',
    placeholder: 'FORMAT',
    description: 'pretty, json, or auto: pretty on a terminal',
  }),
  json: key(Flag.prefault(false), {
    flag: 'json',
    group: 'Process',
    description: 'Print what was started as one line of JSON',
    defaultText: 'no',
  }),
  mediaPort: key(Port.prefault(40_000), {
    flag: 'media-port',
    group: 'Media',
    placeholder: 'PORT',
    description: 'First port for media, UDP and TCP',
    reserved: true,
  }),
  mediaThreads: key(whole(1, 256).prefault(1), {
    flag: 'media-threads',
    group: 'Media',
    placeholder: 'COUNT',
    description: 'Media threads, a port each',
    reserved: true,
  }),
  turnPort: key(Port.prefault(3478), {
    flag: 'turn-port',
    group: 'Media',
    placeholder: 'PORT',
    description: 'Port for STUN and TURN',
    reserved: true,
  }),
  turnsPort: key(Port.prefault(5349), {
    flag: 'turns-port',
    group: 'Media',
    placeholder: 'PORT',
    description: 'Port for TURN over TLS',
    reserved: true,
  }),
  relayPorts: key(PortRange.prefault('49152-65535'), {
    flag: 'relay-ports',
    group: 'Media',
    placeholder: 'A-B',
    description: 'Ports for relayed media',
    reserved: true,
  }),
});

/** The settings that a server runs with, checked and complete. */
export type Config = Readonly<z.output<typeof ConfigSchema>>;
export type ConfigField = keyof Config;
