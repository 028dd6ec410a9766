import type { MemberId } from '@madang/engine';
import type { Joined, RoomEvent, Source } from '@madang/protocol';
import * as datachannel from 'node-datachannel';
import { AnsweringPeer, describe } from './answering-peer.js';
import { until } from './media-guest.js';
import type { Rig, TestClient } from './signal-rig.js';

const PAYLOAD_TYPE = 111;
const SEND_EVERY_MS = 20;
let lastSsrc = 9_000;

/** A member over socket.io whose media is libdatachannel's: it publishes a voice, and hears what it subscribes to. */
export class MediaMember {
  readonly client: TestClient;
  readonly joined: Joined;
  readonly #peers: datachannel.PeerConnection[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  #receiver: AnsweringPeer | null = null;
  readonly #ssrc = ++lastSsrc;

  private constructor(client: TestClient, joined: Joined) {
    this.client = client;
    this.joined = joined;
  }

  static async join(rig: Pick<Rig, 'connect'>, name: string, more: object = {}): Promise<MediaMember> {
    const client = await rig.connect();
    const joined = await client.join('tea', name, { mode: 'sfu', modes: ['p2p', 'sfu', 'auto'], ...more });
    return new MediaMember(client, joined);
  }

  get id(): MemberId {
    return this.joined.self;
  }

  eventsOf<T extends RoomEvent['type']>(type: T): Extract<RoomEvent, { type: T }>[] {
    return this.client.events.filter((event): event is Extract<RoomEvent, { type: T }> => event.type === type);
  }

  /** Publishes a voice, and gives the id of its track. */
  async publish(generation = 1, source: Source = 'microphone'): Promise<string> {
    const peer = this.#peer();
    const audio = new datachannel.Audio('voice', 'SendOnly');
    audio.addOpusCodec(PAYLOAD_TYPE);
    audio.addSSRC(this.#ssrc, 'member');
    const track = peer.addTrack(audio);
    const sdp = await describe(peer, 'offer');
    const reply = await this.client.request('publish', { generation, sdp, tracks: [{ mid: 'voice', source }] });
    peer.setRemoteDescription(reply.sdp, 'answer');
    await until(() => peer.state() === 'connected' && track.isOpen());
    this.#timers.push(setInterval(() => speak(track, this.#ssrc), SEND_EVERY_MS));
    const { members } = await this.client.request('members');
    const id = members.find((member) => member.id === this.id)?.tracks?.[0]?.id;
    if (id === undefined) throw new Error('nothing is published');
    return id;
  }

  /** Publishes data alone: a lane of the room. */
  async openLane(generation = 1): Promise<datachannel.DataChannel> {
    const peer = this.#peer();
    const lane = peer.createDataChannel('control', { protocol: 'madang.room.1' });
    const sdp = await describe(peer, 'offer');
    const reply = await this.client.request('publish', { generation, sdp, tracks: [] });
    peer.setRemoteDescription(reply.sdp, 'answer');
    await until(() => lane.isOpen());
    return lane;
  }

  /** Wants these tracks and no others; gives where each stands. */
  async subscribe(tracks: readonly string[], generation = 1): Promise<ReadonlyMap<string, string>> {
    const wants = tracks.map((track) => ({ track }));
    const reply = await this.client.request('subscribe', { generation, tracks: wants });
    if (reply.sdp !== null) {
      this.#receiver ??= new AnsweringPeer(this.id);
      const sdp = await this.#receiver.answer(reply.sdp);
      await this.client.request('answer', { generation, revision: reply.revision, sdp });
      await this.#receiver.connected();
    }
    return new Map(reply.sections.map(({ track, mid }) => [track, mid]));
  }

  /** How many packets of sound have come in a section. */
  count(mid: string | undefined): number {
    return this.#receiver?.count(mid) ?? 0;
  }

  leave(): void {
    for (const timer of this.#timers) clearInterval(timer);
    for (const peer of this.#peers) peer.close();
    this.#receiver?.close();
  }

  #peer(): datachannel.PeerConnection {
    const peer = new datachannel.PeerConnection(this.joined.self, {
      iceServers: [],
      bindAddress: '127.0.0.1',
      disableAutoNegotiation: true,
    });
    this.#peers.push(peer);
    return peer;
  }
}

const numbers = new WeakMap<datachannel.Track, number>();

function speak(track: datachannel.Track, ssrc: number): void {
  const seq16 = ((numbers.get(track) ?? 0) + 1) & 0xffff;
  numbers.set(track, seq16);
  const packet = Buffer.alloc(12 + 4, 7);
  packet[0] = 0x80;
  packet[1] = PAYLOAD_TYPE;
  packet.writeUInt16BE(seq16, 2);
  packet.writeUInt32BE(seq16 * 960, 4);
  packet.writeUInt32BE(ssrc, 8);
  if (track.isOpen()) track.sendMessageBinary(packet);
}
