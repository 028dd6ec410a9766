import {
  FakeMediaDevices,
  type FakePeerConnection,
  type FakeReceiver,
  fakePeerConnections,
  IceNetwork,
  VirtualTime,
} from '@madang/testkit';
import {
  CallRecord,
  type CaptureDevices,
  type Clock,
  type JoinOptions,
  LocalMedia,
  type Member,
  RemoteTrack,
  Room,
  type SeatStorage,
  type Source,
} from '../src/index.js';
import { MemoryServer } from './memory-server.js';
import type { MemorySocket } from './memory-socket.js';

/** So often time may stand still in a row. */
const MOST_TURNS = 10_000;

/** One person's program: a room, devices, and a network that can change. */
export interface Person {
  readonly machine: string;
  readonly room: Room;
  readonly media: LocalMedia;
  readonly devices: FakeMediaDevices;
  /** The sockets opened so far; the room uses the last. */
  readonly sockets: MemorySocket[];
  /** Every connection made so far. */
  readonly connections: FakePeerConnection[];
  /** What each was configured with last. */
  readonly told: ReadonlyMap<FakePeerConnection, RTCConfiguration>;
  changeNetwork(): void;
}

export interface PersonOptions {
  /** A program that knows nothing of data channels. */
  readonly withoutData?: boolean;
  readonly maxMessageBytes?: number;
  readonly rtcConfiguration?: RTCConfiguration;
}

/** Time, network and server for a few people, all virtual but the rooms. */
export class Lab {
  readonly time = new VirtualTime();
  readonly network = new IceNetwork(this.time);
  readonly server = new MemoryServer(this.time);
  readonly clock: Clock = {
    now: () => this.time.nowMs(),
    setTimeout: (run, delayMs) => this.time.after(delayMs, run),
    clearTimeout: (timer) => (timer as (() => void) | undefined)?.(),
  };

  person(
    machine: string,
    storage?: SeatStorage,
    { withoutData = false, maxMessageBytes, rtcConfiguration }: PersonOptions = {},
  ): Person {
    const devices = new FakeMediaDevices();
    const media = new LocalMedia({
      mediaDevices: devices as unknown as CaptureDevices,
      isSecureContext: true,
      record: new CallRecord({ clock: this.clock, wallNow: () => this.time.nowMs() }),
    });
    const sockets: MemorySocket[] = [];
    const connections: FakePeerConnection[] = [];
    const told = new Map<FakePeerConnection, RTCConfiguration>();
    const Base = fakePeerConnections(this.network, machine);
    class Connection extends Base {
      constructor(configuration?: RTCConfiguration) {
        // As browsers do (W3C WebRTC §4.4.1.1): an address that can't be read is a SyntaxError.
        for (const { urls } of configuration?.iceServers ?? []) {
          if (String(urls).includes('{')) throw new DOMException(`'${urls}' is not a valid URL`, 'SyntaxError');
        }
        super();
        if (withoutData) forgetData(this);
        connections.push(this);
        told.set(this, configuration ?? {});
      }
      setConfiguration(configuration: RTCConfiguration): void {
        told.set(this, configuration);
      }
    }
    const watchers = new Set<() => void>();
    const room = new Room({
      url: 'https://madang.test/',
      media,
      clock: this.clock,
      random: () => 0.5,
      ...(storage === undefined ? {} : { storage }),
      ...(maxMessageBytes === undefined ? {} : { maxMessageBytes }),
      ...(rtcConfiguration === undefined ? {} : { rtcConfiguration }),
      RTCPeerConnection: Connection as unknown as typeof RTCPeerConnection,
      io: (origin, options) => {
        const socket = this.server.openSocket(origin, options) as MemorySocket;
        sockets.push(socket);
        return socket;
      },
      network: {
        watch: (changed) => {
          watchers.add(changed);
          return () => watchers.delete(changed);
        },
      },
    });
    const changeNetwork = (): void => {
      for (const changed of watchers) changed();
    };
    return { machine, room, media, devices, sockets, connections, told, changeNetwork };
  }

  /** Joins with microphone and camera on, and waits for the server's word. */
  async join(person: Person, join: Partial<JoinOptions> = {}): Promise<void> {
    if (join.role !== 'viewer') {
      await person.media.startMicrophone();
      await person.media.startCamera();
    }
    await this.until(person.room.connect({ room: 'yard', name: person.machine, ...join }));
  }

  /** Lets virtual milliseconds pass: from timer to timer, and after each whatever promises lead to. */
  async pass(ms: number): Promise<void> {
    const untilMs = this.time.nowMs() + ms;
    let turns = 0;
    for (let now = this.time.nowMs(); now < untilMs; turns += 1) {
      if (turns > MOST_TURNS) throw new Error(`something is due again and again at ${now} ms`);
      const nextMs = Math.min(untilMs, this.time.nextAtMs ?? untilMs);
      if (nextMs > now) turns = 0;
      this.time.advance(nextMs - now);
      await settled();
      now = this.time.nowMs();
    }
  }

  /** Lets time pass until `promise` is settled. */
  async until<T>(promise: Promise<T>, mostMs = 60_000): Promise<T> {
    let open = true;
    const close = (): void => {
      open = false;
    };
    promise.then(close, close);
    await settled();
    for (let passed = 0; open && passed < mostMs; passed += 1) {
      this.time.advance(1);
      await settled();
    }
    if (open) throw new Error(`not settled within ${mostMs} ms`);
    return promise;
  }
}

/** Everything that promises lead to by themselves has happened. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

/** `person`'s view of the member who is `other`. */
export function seen(person: Person, other: Person): Member | undefined {
  return person.room.members.find((member) => member.name === other.room.self?.name);
}

/** The sources of `other` that really arrive at `person`, each as the very track that `other` captured. */
export function arriving(person: Person, other: Person): Source[] {
  const member = seen(person, other);
  return [...(member?.tracks.values() ?? [])]
    .filter((track) => {
      const captured = other.media.tracks.get(track.source)?.mediaStreamTrack;
      return track instanceof RemoteTrack && incoming(track) === captured && captured !== undefined;
    })
    .map(({ source }) => source)
    .sort();
}

function incoming(track: RemoteTrack): unknown {
  return (track.receiver as unknown as FakeReceiver).incoming;
}

/** Ann and Bob in a call. */
export async function pair(): Promise<{ lab: Lab; ann: Person; bob: Person }> {
  const lab = new Lab();
  const ann = lab.person('ann');
  const bob = lab.person('bob');
  await lab.join(ann);
  await lab.join(bob);
  await lab.pass(100);
  return { lab, ann, bob };
}

function forgetData(connection: FakePeerConnection): void {
  const nothing = { close: () => {}, readyState: 'connecting' };
  Object.defineProperty(connection, 'createDataChannel', { value: () => nothing });
  Object.defineProperty(connection, 'ondatachannel', { get: () => null, set: () => {} });
}
