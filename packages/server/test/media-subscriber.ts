import type { ConnectionId, MediaPort, TrackId } from '@madang/engine';
import { AnsweringPeer } from './answering-peer.js';

let lastName = 0;

/** One who asks a media server for tracks, and answers its offers. */
export class MediaSubscriber {
  readonly connection: ConnectionId = `subscriber ${++lastName}`;
  readonly #port: MediaPort;
  readonly #room: string;
  readonly #peer = new AnsweringPeer(this.connection);
  #mids: ReadonlyMap<TrackId, string> = new Map();

  constructor(port: MediaPort, room: string) {
    this.#port = port;
    this.#room = room;
  }

  /** Wants these tracks and no others. */
  async want(tracks: readonly TrackId[]): Promise<void> {
    const { connection } = this;
    const wants = tracks.map((track) => ({ track }));
    const about = { connection, room: this.#room, member: 'eve', wants };
    const reply = await this.#port.command<'subscribe'>({ type: 'subscribe', ...about });
    if (!reply.ok) throw new Error(`${reply.code}: ${reply.detail}`);
    this.#mids = new Map(reply.sections.map(({ track, mid }) => [track, mid]));
    if (reply.offer === null) return;
    const answer = await this.#peer.answer(reply.offer);
    const { revision } = reply;
    const taken = await this.#port.command<'answer'>({ type: 'answer', connection, revision, answer });
    if (!taken.ok) throw new Error(`${taken.code}: ${taken.detail}`);
    await this.#peer.connected();
  }

  /** How many packets of sound have come of a track, wherever it stood. */
  count(track: TrackId): number {
    return this.#peer.count(this.#mids.get(track));
  }

  leave(): void {
    this.#peer.close();
  }
}
