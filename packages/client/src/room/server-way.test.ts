import type { Member } from '@madang/protocol';
import {
  FakeMediaDevices,
  FakeMediaStreamTrack,
  type FakePeerConnection,
  type FakeReceiver,
  fakePeerConnections,
  IceNetwork,
  VirtualTime,
} from '@madang/testkit';
import { expect, it } from 'vitest';
import { DataExchange } from '../data/index.js';
import type { SignalLink } from '../link/index.js';
import { type CaptureDevices, LocalMedia } from '../media/index.js';
import { CallRecord } from '../record/index.js';
import { roomSettings } from './room-options.js';
import { ServerWay } from './server-way.js';

const time = new VirtualTime();
const network = new IceNetwork(time);
const clock = {
  now: () => time.nowMs(),
  setTimeout: (run: () => void, delayMs: number) => time.after(delayMs, run),
  clearTimeout: (timer: unknown) => (timer as (() => void) | undefined)?.(),
};

type Side = 'up' | 'down';
/** On their way candidates take longer than descriptions. */
const CANDIDATE_MS = 20;

/** The ends of both connections at the server, which sends Bo's camera and takes what comes. */
class Server {
  readonly ends: Partial<Record<Side, FakePeerConnection>> = {};
  readonly #clients: readonly FakePeerConnection[];
  readonly #camera = new FakeMediaStreamTrack('video');
  #revision = 0;

  constructor(clients: readonly FakePeerConnection[]) {
    this.#clients = clients;
  }

  readonly request = (async (name: string, asked: { sdp?: string; restart?: boolean }) => {
    if (name === 'publish') return { sdp: await this.#answer(asked.sdp!) };
    if (name === 'subscribe') return await this.#offer(asked.restart === true);
    await this.ends.down?.setRemoteDescription({ type: 'answer', sdp: asked.sdp! });
    return {};
  }) as unknown as SignalLink['request'];

  async #answer(sdp: string): Promise<string> {
    const end = this.#end('up', 0);
    await end.setRemoteDescription({ type: 'offer', sdp });
    await end.setLocalDescription();
    return end.localDescription!.sdp;
  }

  async #offer(restart: boolean) {
    const isNew = this.ends.down === undefined;
    const end = this.#end('down', 1);
    if (isNew) end.addTransceiver(this.#camera, { direction: 'sendonly' });
    if (restart) end.restartIce();
    if (isNew || restart) await end.setLocalDescription();
    this.#revision += 1;
    const sdp = isNew || restart ? end.localDescription!.sdp : null;
    return { revision: this.#revision, sdp, sections: [{ mid: end.getTransceivers()[0]!.mid, track: 't1' }] };
  }

  #end(side: Side, client: number): FakePeerConnection {
    const known = this.ends[side];
    if (known !== undefined) return known;
    const end = new (fakePeerConnections(network, 'server'))();
    this.ends[side] = end;
    const pair = [this.#clients[client]!, end] as const;
    for (const [from, to] of [pair, pair.toReversed() as [FakePeerConnection, FakePeerConnection]]) {
      from.onicecandidate = ({ candidate }) => {
        if (candidate === null) return;
        const given = candidate as Parameters<FakePeerConnection['addIceCandidate']>[0];
        time.after(CANDIDATE_MS, () => void to.addIceCandidate(given).catch(() => {}));
      };
    }
    return end;
  }
}

const member = (id: string, more: Partial<Member> = {}): Member => ({
  id,
  name: id,
  role: 'participant',
  media: { microphone: 'off', camera: 'on', screen: 'off' },
  handRaisedWallMs: null,
  metadata: {},
  joinedWallMs: 0,
  connected: true,
  dialect: 'madang',
  ...more,
});

async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 1) {
    time.advance(1);
    for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
  }
}

it('looks for both ways anew as soon as what the server sends has ceased to come', async () => {
  const record = new CallRecord({ clock, wallNow: () => time.nowMs() });
  const devices = new FakeMediaDevices() as unknown as CaptureDevices;
  const media = new LocalMedia({ mediaDevices: devices, isSecureContext: true, record });
  await media.startCamera();
  const clients: FakePeerConnection[] = [];
  const Base = fakePeerConnections(network, 'ann');
  class Connection extends Base {
    constructor() {
      super();
      clients.push(this);
    }
  }
  const server = new Server(clients);
  const settings = roomSettings({
    url: 'https://madang.test/',
    media,
    record,
    clock,
    RTCPeerConnection: Connection as unknown as typeof RTCPeerConnection,
  });
  const none = (): void => {};
  const data = new DataExchange({ clock, maxMessageBytes: 1_000, onData: none, onOffer: none, onTransfer: none });
  const way = new ServerWay({
    settings,
    request: server.request,
    relay: data.relay,
    connected: () => true,
    wishes: () => ({ reception: 'everything', isAutomatic: true, chosen: new Map() }),
    shown: () => undefined,
    forwardingChanged: none,
  });
  const bo = member('bo', { tracks: [{ id: 't1', source: 'camera', codec: 'VP8', layers: 1 }] });
  way.begin({ id: 'ann', role: 'participant' }, [bo]);
  await pass(4_000);
  const comesIn = (): boolean => {
    const receiver = way.tracks('bo', bo.media).get('camera')!.receiver as unknown as FakeReceiver;
    return receiver.incoming !== null;
  };
  const goesOut = (): boolean => server.ends.up!.getTransceivers()[0]!.receiver.incoming !== null;
  expect([comesIn(), goesOut()]).toEqual([true, true]);

  network.move('ann');
  expect([comesIn(), goesOut()]).toEqual([false, false]);
  await pass(1_000);
  expect([comesIn(), goesOut()]).toEqual([true, true]);
  // Long before either of them would have been told of it by ICE.
  expect(clients.map(({ connectionState }) => connectionState)).toEqual(['connected', 'connected']);
  way.clear();
});
