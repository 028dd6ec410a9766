import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionId, MediaPort } from '@madang/engine';
import * as datachannel from 'node-datachannel';
import { FRAME, writeDataFrame } from '../../engine/src/router/data-frame.js';

const PATIENCE_MS = 8_000;
let lastName = 0;

/** What a member was told on a lane: by its number, about or by whom, and the rest. */
export interface Heard {
  readonly type: number;
  readonly member: string;
  readonly payload: Buffer;
}

/** A member that has data channels alone, as others build them: libdatachannel with its own DTLS and usrsctp. */
export class DataGuest {
  readonly connection: ConnectionId = `data guest ${++lastName}`;
  readonly heard: Heard[] = [];
  readonly lane: datachannel.DataChannel;
  readonly peer: datachannel.PeerConnection;
  readonly #gathered: Promise<void>;
  isOpen = false;
  isClosed = false;

  private constructor(label: string, protocol: string, config: datachannel.DataChannelInitConfig) {
    this.peer = new datachannel.PeerConnection(this.connection, { iceServers: [], bindAddress: '127.0.0.1' });
    // The first channel makes the offer by itself.
    this.#gathered = new Promise((resolve) => {
      this.peer.onGatheringStateChange((state) => state === 'complete' && resolve());
    });
    this.lane = this.peer.createDataChannel(label, { protocol, ...config });
    this.lane.onOpen(() => {
      this.isOpen = true;
    });
    this.lane.onClosed(() => {
      this.isClosed = true;
    });
  }

  static async join(
    port: MediaPort,
    member: string,
    {
      room = 'lab',
      label = 'bulk',
      protocol = 'madang.room.1',
      data = 'say' as 'say' | 'hear',
      config = {},
      reads = true,
      through = { stepIn: (answer: string) => answer },
    } = {},
  ): Promise<DataGuest> {
    const guest = new DataGuest(label, protocol, config);
    if (reads) guest.read();
    const offer = await guest.#offer();
    const reply = await port.command({ type: 'publish', connection: guest.connection, room, member, offer, data });
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`);
    guest.peer.setRemoteDescription(through.stepIn(reply.answer), 'answer');
    await until(() => guest.isOpen, 'the lane opens');
    return guest;
  }

  /** Takes what comes. Before, libdatachannel keeps 1,024 messages, then its window closes. */
  read(): void {
    this.lane.onMessage((message) => this.#hear(message as Buffer));
  }

  /** To one member, or to all. */
  say(payload: Uint8Array, to = ''): void {
    this.raw(writeDataFrame(FRAME.BYTES, to, payload));
  }

  raw(bytes: Uint8Array): void {
    this.lane.sendMessageBinary(bytes);
  }

  close(): void {
    this.peer.close();
  }

  async #offer(): Promise<string> {
    await this.#gathered;
    return this.peer.localDescription()!.sdp;
  }

  #hear(message: Buffer): void {
    const end = 2 + message[1]!;
    const member = message.subarray(2, end).toString();
    this.heard.push({ type: message[0]!, member, payload: message.subarray(end) });
  }
}

export async function until(holds: () => boolean, what: string, patienceMs = PATIENCE_MS): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${patienceMs} ms: ${what}`);
    await sleep(2);
  }
}
