import { io } from 'socket.io-client';
import { type Clock, systemClock } from '../clock.js';
import { MAX_MESSAGE_BYTES } from '../data/index.js';
import { type CipherWorker, cipherWorker, encryptionWay, RoomEncryption } from '../encryption/index.js';
import { type OpenSocket, pageAddress, type SignalingAddress, signalingAddress } from '../link/index.js';
import { type LevelAudio, LocalMedia } from '../media/index.js';
import { CallRecord } from '../record/index.js';
import { browserNetwork, type NetworkWatch } from './network-watch.js';
import { Seat, type SeatStorage } from './seat.js';

/** Everything a `Room` may be given. In a page none of it is needed; outside one, `url` and `RTCPeerConnection` are. */
export interface RoomOptions {
  /** The base address of the server, base path included: `https://meet.example/madang/`. Default: the page's own. */
  readonly url?: string | URL;
  /** What is published. Default: a new one, empty. */
  readonly media?: LocalMedia;
  /** Where everything that happens is noted. Default: the one of `media`. */
  readonly record?: CallRecord;
  /** A class as of the W3C. Default: the browser's. Without any, the room works and carries no media. */
  readonly RTCPeerConnection?: typeof RTCPeerConnection;
  /** Added to the configuration of every connection, over what the server's `iceServers` say. */
  readonly rtcConfiguration?: RTCConfiguration;
  /** `io` of socket.io-client, or a stand-in. */
  readonly io?: OpenSocket;
  readonly clock?: Clock;
  /** 0…1, for the jitter of reconnections. */
  readonly random?: () => number;
  /** Tells when the network of this machine changed. */
  readonly network?: NetworkWatch;
  /** Web Audio, for one's own level. */
  readonly audio?: LevelAudio;
  /** Where a page that goes leaves its place for its successor. Default: `sessionStorage`. */
  readonly storage?: SeatStorage;
  /** `connect` gives up with `not_connected` after this time. Default: 15 s. */
  readonly connectTimeoutMs?: number;
  /** The most bytes taken from `send` of another member, in one message and in all under way. Default: 64 MiB. */
  readonly maxMessageBytes?: number;
  /**
   * Whether everything that the others send comes by itself where media go through the server. Default: yes. Without it only
   * what was asked for by `subscribe` comes.
   */
  readonly autoSubscribe?: boolean;
  /** Opens the worker that encrypts, for bundlers that do not find it by themselves. Default: the file of this package. */
  readonly openEncryptionWorker?: () => CipherWorker;
}

export interface RoomSettings {
  readonly address: SignalingAddress;
  readonly media: LocalMedia;
  readonly record: CallRecord;
  readonly RTCPeerConnection: typeof RTCPeerConnection | undefined;
  readonly rtcConfiguration: RTCConfiguration;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly network: NetworkWatch;
  readonly audio: LevelAudio | undefined;
  readonly seat: Seat;
  readonly connectTimeoutMs: number;
  readonly maxMessageBytes: number;
  readonly autoSubscribe: boolean;
  readonly encryption: RoomEncryption;
}

export function roomSettings(options: RoomOptions): RoomSettings {
  const clock = options.clock ?? systemClock;
  const media = options.media ?? new LocalMedia({ record: options.record ?? new CallRecord({ clock }) });
  const address = signalingAddress(options.url ?? pageAddress());
  return {
    address,
    media,
    record: options.record ?? media.record,
    RTCPeerConnection: options.RTCPeerConnection ?? globalThis.RTCPeerConnection,
    rtcConfiguration: options.rtcConfiguration ?? {},
    openSocket: options.io ?? (io as OpenSocket),
    clock,
    random: options.random ?? systemRandom,
    network: options.network ?? browserNetwork(options.clock),
    audio: options.audio,
    seat: new Seat(address.origin + address.path, options.storage),
    connectTimeoutMs: options.connectTimeoutMs ?? 15_000,
    maxMessageBytes: options.maxMessageBytes ?? MAX_MESSAGE_BYTES,
    autoSubscribe: options.autoSubscribe ?? true,
    encryption: new RoomEncryption({
      way: encryptionWay(),
      openWorker: options.openEncryptionWorker ?? cipherWorker,
    }),
  };
}

/** 0 ≤ x < 1. Secrets are not made here, but a source beyond question needs no second look. */
function systemRandom(): number {
  const [drawn] = crypto.getRandomValues(new Uint32Array(1));
  return drawn! / 2 ** 32;
}
