import type { PeerSignal, Source } from '@madang/protocol';
import {
  FakeMediaDevices,
  type FakeReceiver,
  fakePeerConnections,
  IceNetwork,
  SeededRandom,
  VirtualTime,
} from '@madang/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataExchange, type DataLink } from '../src/data/index.js';
import { cipherWorker, RoomEncryption } from '../src/encryption/index.js';
import { type CaptureDevices, type Clock, LocalMedia } from '../src/index.js';
import { PeerLink } from '../src/room/peer-link.js';

const SEEDS = 150;
const MOVES = 14;

interface Side {
  readonly link: PeerLink;
  readonly data: DataLink;
  readonly media: LocalMedia;
  readonly devices: FakeMediaDevices;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

/** Two links over a channel that keeps the order of messages and nothing else. */
class Duel {
  readonly time = new VirtualTime();
  readonly network = new IceNetwork(this.time);
  readonly random: SeededRandom;
  readonly sides: Side[] = [];
  readonly #lastArrivalMs = [0, 0];

  constructor(seed: number, firstOfferBy: 'one' | 'both') {
    this.random = new SeededRandom(seed);
    this.network.operationMs = () => this.random.below(6);
    this.sides.push(this.#side(0, true), this.#side(1, firstOfferBy === 'both'));
  }

  async pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 1) {
      this.time.advance(1);
      await settled();
    }
  }

  async move(): Promise<void> {
    const { media, link } = this.random.pick(this.sides);
    switch (this.random.below(7)) {
      case 0:
        await media.startScreen({ audio: this.random.chance(0.5) });
        break;
      case 1:
        media.stop('screen');
        break;
      case 2:
        await media.startCamera();
        break;
      case 3:
        await media.setCameraMuted(this.random.chance(0.5));
        break;
      case 4:
        media.stop('camera');
        break;
      case 5:
        link.restartIce();
        break;
      case 6:
        link.receive({ kind: 'description', generation: 1_000, description: { type: 'answer', sdp: 'x' }, tracks: [] });
        break;
    }
  }

  close(): void {
    for (const { link } of this.sides) link.close();
  }

  #side(ix: 0 | 1, offersFirst: boolean): Side {
    const devices = new FakeMediaDevices();
    const media = new LocalMedia({ mediaDevices: devices as unknown as CaptureDevices, isSecureContext: true });
    const Connection = fakePeerConnections(this.network, `machine-${ix}`);
    const clock: Clock = {
      now: () => this.time.nowMs(),
      setTimeout: (run, delayMs) => this.time.after(delayMs, run),
      clearTimeout: (timer) => (timer as (() => void) | undefined)?.(),
    };
    const quiet = { onData: () => {}, onOffer: () => {}, onTransfer: () => {} };
    const data = new DataExchange({ clock, maxMessageBytes: 1_000, ...quiet }).link(`member-${1 - ix}`);
    const link = new PeerLink({
      id: `member-${1 - ix}`,
      polite: ix === 0,
      offersFirst,
      media,
      encryption: new RoomEncryption({ way: undefined, openWorker: cipherWorker }),
      data,
      clock,
      record: media.record,
      create: () => new Connection() as unknown as RTCPeerConnection,
      send: (signal) => this.#carry(ix, signal),
      publishes: () => true,
      others: () => 1,
      reachable: () => true,
      stranded: () => {},
      expectsMedia: () => true,
    });
    media.on('changed', () => link.publish());
    return { link, media, data, devices };
  }

  #carry(from: 0 | 1, signal: PeerSignal): void {
    if (signal.kind === 'arrived') return;
    const atMs = Math.max(this.#lastArrivalMs[from]!, this.time.nowMs() + this.random.below(30));
    this.#lastArrivalMs[from] = atMs;
    const copy = structuredClone(signal);
    this.time.after(atMs - this.time.nowMs(), () => this.sides[1 - from]?.link.receive(copy));
  }
}

/** What `to` receives from `from`, by the source that it is said to be. */
function received(to: Side): Map<Source, unknown> {
  const found = new Map<Source, unknown>();
  for (const [source, track] of to.link.remote) {
    const { incoming } = track.receiver as unknown as FakeReceiver;
    if (incoming !== null) found.set(source, incoming);
  }
  return found;
}

function sent(from: Side): Map<Source, unknown> {
  const found = new Map<Source, unknown>();
  for (const [source, track] of from.media.tracks) {
    if (track.mediaStreamTrack.readyState === 'live') found.set(source, track.mediaStreamTrack);
  }
  return found;
}

const byName = (map: Map<Source, unknown>): [Source, unknown][] => [...map].sort(([a], [b]) => a.localeCompare(b));

describe('two members who change things at the same time', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  beforeEach(() => process.on('unhandledRejection', note));
  afterEach(() => process.off('unhandledRejection', note));

  it.each([['one'], ['both']] as const)(
    'always agree in the end, first offer by %s',
    async (firstOfferBy) => {
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const duel = new Duel(seed, firstOfferBy);
        const [one, other] = duel.sides as [Side, Side];
        for (let move = 0; move < MOVES; move += 1) {
          await duel.move();
          await duel.pass(duel.random.below(40));
        }
        await duel.pass(400);
        const label = `seed ${seed}, first offer by ${firstOfferBy}`;
        expect([one.link.state, other.link.state], label).toEqual(['connected', 'connected']);
        expect(byName(received(one)), label).toEqual(byName(sent(other)));
        expect(byName(received(other)), label).toEqual(byName(sent(one)));
        expect(
          [...duel.network.open].map(({ signalingState }) => signalingState),
          label,
        ).toEqual(['stable', 'stable']);
        duel.close();
        expect(duel.network.open.size, label).toBe(0);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(unhandled).toEqual([]);
    },
    60_000,
  );

  it('have one section each for microphone and camera after first offers that collided', async () => {
    const duel = new Duel(11, 'both');
    await duel.pass(400);
    expect([...duel.network.open].map((pc) => pc.getTransceivers().length)).toEqual([2, 2]);
    duel.close();
  });

  it('start over together when a description can not be used', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const duel = new Duel(5, 'one');
    const [one, other] = duel.sides as [Side, Side];
    await one.media.startCamera();
    await other.media.startCamera();
    await duel.pass(200);
    other.link.receive({
      kind: 'description',
      generation: 1,
      description: { type: 'offer', sdp: 'no SDP' },
      tracks: [],
    });
    await duel.pass(400);
    expect(byName(received(one))).toEqual(byName(sent(other)));
    expect(byName(received(other))).toEqual(byName(sent(one)));
    expect(duel.network.open.size).toBe(2);
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
    duel.close();
  });
});
