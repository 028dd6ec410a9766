import type {
  CommandOf,
  DataRight,
  MediaCommandOf,
  MediaEvent,
  MediaPort,
  MediaRights,
  MemberId,
  RoomPort,
} from '@madang/engine';
import type { MediaEnd, Refused, Reply, Request, Track, TrackDescription } from '@madang/protocol';
import { systemClock } from '../media/index.js';
import { mediaRefusal, refused } from './media-refusals.js';
import type { MediaWay, WayKind } from './media-way.js';
import { MediaWays } from './media-ways.js';
import { sourcedTracks } from './sourced-tracks.js';
import { Turns } from './turns.js';

/** So long the others are shown what somebody gave on a media thread that died: most often it comes again at once. */
const RETURN_MS = 10_000;

type TrackName = NonNullable<MediaCommandOf<'publish'>['names']>[number];

/** Who asks, where it is, and what it calls this server. */
export interface MediaAsker {
  readonly member: MemberId;
  readonly room: string;
  readonly reachedAs: string;
}

/**
 * The connections of members with the media server, from the first `publish` or `subscribe` of each to the end of its
 * membership: signaling may be away meanwhile. What is asked of one member's is carried out one after the other.
 */
export class MediaDesk {
  readonly #rooms: RoomPort;
  readonly #failed: (error: unknown) => void;
  readonly #turns = new Turns();
  readonly #ways = new MediaWays((connection) =>
    this.#send((media) => media.command<'hang-up'>({ type: 'hang-up', connection })),
  );
  #media: MediaPort | null = null;

  constructor(rooms: RoomPort, failed: (error: unknown) => void) {
    this.#rooms = rooms;
    this.#failed = failed;
  }

  /** Without it everything is refused with `media_unavailable`. */
  serve(media: MediaPort): void {
    this.#media = media;
    media.listen((event) => this.#hear(event));
  }

  /** Connections that are open. */
  count(kind: WayKind): number {
    return this.#ways.count(kind);
  }

  /** Data channels are for everyone; who may only hear by them gives no tracks. */
  publish(
    asker: MediaAsker,
    data: DataRight,
    { generation, sdp: offer, tracks }: Request<'publish'>,
  ): Promise<Reply<'publish'>> {
    const { member } = asker;
    return this.#inTurn(member, async (media) => {
      const way = this.#ways.at(member, 'publish', generation);
      if (way === null) return refused('media_outdated', 'generation');
      const { connection } = way;
      const reply = way.isOpen
        ? await media.command<'renegotiate'>({ type: 'renegotiate', connection, offer })
        : await media.command<'publish'>({
            type: 'publish',
            connection,
            ...asker,
            offer,
            data,
            names: await this.#namesBefore(member, tracks),
          });
      if (!reply.ok) return data === 'hear' && reply.code === 'direction' ? refused('forbidden') : mediaRefusal(reply);
      this.#ways.open(way);
      const shown = await this.#show(member, data, sourcedTracks(reply.tracks, tracks));
      return shown.ok ? { ok: true, sdp: reply.answer } : this.#giveUp(way, shown);
    });
  }

  /** What the others are still shown of a member keeps its name, whatever connection it comes by. */
  async #namesBefore(member: MemberId, said: readonly TrackDescription[]): Promise<TrackName[]> {
    const shown = await this.#rooms.command<'may'>({ type: 'may', member, action: 'view' });
    if (!shown.ok) return [];
    return said.flatMap(({ mid, source }) => {
      const before = shown.tracks.find((track) => track.source === source);
      return before === undefined ? [] : [{ mid, track: before.id }];
    });
  }

  /** To the others, as far as there is something to show. Refuses where the member may no longer do what it asked for. */
  async #show(member: MemberId, data: DataRight, tracks: Track[]): Promise<{ readonly ok: true } | Refused> {
    if (data === 'say') return await this.#rooms.command<'publish'>({ type: 'publish', member, tracks });
    return await this.#rooms.command<'may'>({ type: 'may', member, action: 'view' });
  }

  unpublish(member: MemberId): Promise<Reply<'unpublish'>> {
    return this.#inTurn(member, async () => {
      this.#ways.hangUp(this.#ways.of(member, 'publish'));
      return this.#rooms.command<'unpublish'>({ type: 'unpublish', member });
    });
  }

  subscribe(asker: MediaAsker, { generation, tracks, restart }: Request<'subscribe'>): Promise<Reply<'subscribe'>> {
    const { member } = asker;
    return this.#inTurn(member, async (media) => {
      const way = this.#ways.at(member, 'subscribe', generation);
      if (way === null) return refused('media_outdated', 'generation');
      const { connection } = way;
      const wanted = { type: 'subscribe', connection, ...asker, wants: tracks, restart } as const;
      const reply = await media.command<'subscribe'>(wanted);
      if (!reply.ok) return mediaRefusal(reply);
      this.#ways.open(way);
      const refusal = await this.#unfit(way, reply.revision);
      if (refusal !== null) return this.#giveUp(way, refusal);
      way.revision = reply.revision;
      return { ok: true, revision: reply.revision, sdp: reply.offer, sections: reply.sections };
    });
  }

  answer(member: MemberId, { generation, revision, sdp }: Request<'answer'>): Promise<Reply<'answer'>> {
    return this.#inTurn(member, async (media) => {
      const way = this.#ways.of(member, 'subscribe');
      if (way?.isOpen !== true || way.generation !== generation) return refused('media_outdated', 'generation');
      const { connection } = way;
      const reply = await media.command<'answer'>({ type: 'answer', connection, revision, answer: sdp });
      return reply.ok ? { ok: true } : mediaRefusal(reply);
    });
  }

  unsubscribe(member: MemberId): Promise<Reply<'unsubscribe'>> {
    return this.#inTurn(member, async () => {
      this.#ways.hangUp(this.#ways.of(member, 'subscribe'));
      return { ok: true };
    });
  }

  /** A membership has ended. */
  departed(member: MemberId): void {
    this.#ways.forget(member);
  }

  /** Something else of a member may be forwarded than before. */
  heed({ member, publishes, muted }: MediaRights): void {
    const way = this.#ways.of(member, 'publish');
    if (way?.isOpen !== true) return;
    if (publishes) {
      const { connection } = way;
      this.#send((media) => media.command<'mute'>({ type: 'mute', connection, tracks: muted }));
    } else {
      this.#ways.hangUp(way);
      this.#tellEnd(way, 'forbidden');
    }
  }

  /** Why nothing may come of a subscription after all: it ended while it was asked for, or its member did. */
  async #unfit({ member, revision: before }: MediaWay, revision: number): Promise<Refused | null> {
    // It has been opened anew by this, and its other side knows nothing of that.
    if (revision < before) return refused('media_outdated', 'generation');
    const still = await this.#rooms.command<'may'>({ type: 'may', member, action: 'view' });
    return still.ok ? null : still;
  }

  /** What was opened meanwhile is of no use; of a member who is gone nothing is kept. */
  #giveUp(way: MediaWay, refusal: Refused): Refused {
    if (refusal.error.code === 'not_joined') this.#ways.forget(way.member);
    else this.#ways.hangUp(way);
    return refusal;
  }

  #inTurn<R>(member: MemberId, work: (media: MediaPort) => Promise<R | Refused>): Promise<R | Refused> {
    const media = this.#media;
    if (media === null) return Promise.resolve(refused('media_unavailable'));
    return this.#turns.take(member, () => work(media));
  }

  #send(ask: (media: MediaPort) => Promise<unknown>): void {
    if (this.#media !== null) ask(this.#media).catch(this.#failed);
  }

  #hear(event: MediaEvent): void {
    if (event.type === 'speaker') {
      const { type, room, member } = event;
      this.#tell({ to: { room }, news: { type, member } });
      return;
    }
    const way = this.#ways.by(event.connection);
    if (way === null) return;
    const to = { member: way.member };
    if (event.type === 'closed') this.#ended(way, event.reason);
    if (event.type === 'forwarding') this.#tell({ to, news: { type: 'forwarding', changes: [...event.changes] } });
    if (event.type === 'line') {
      const { type, bps, queueMs, loss } = event;
      this.#tell({ to, news: { type, bps, queueMs, loss } });
    }
    if (event.type !== 'wanted') return;
    const changes = event.changes.map(({ track, encodings }) => ({ track, encodings: [...encodings] }));
    this.#tell({ to, news: { type: 'wanted', changes } });
  }

  #ended(way: MediaWay, reason: MediaEnd): void {
    this.#ways.ended(way);
    if (way.kind === 'publish') {
      if (reason === 'thread') systemClock.after(RETURN_MS, () => this.#takeBack(way));
      else this.#takeBack(way);
    }
    this.#tellEnd(way, reason);
  }

  /** What a connection gave that is no more, unless another one has taken its place. */
  #takeBack(way: MediaWay): void {
    const { member } = way;
    this.#inTurn(member, async () =>
      this.#ways.of(member, 'publish') === way
        ? this.#rooms.command<'unpublish'>({ type: 'unpublish', member })
        : { ok: true },
    ).catch(this.#failed);
  }

  #tellEnd({ member, kind: connection, generation }: MediaWay, reason: MediaEnd): void {
    this.#tell({ to: { member }, news: { type: 'media-ended', connection, generation, reason } });
  }

  #tell(what: Pick<CommandOf<'tell'>, 'to' | 'news'>): void {
    this.#rooms.command<'tell'>({ type: 'tell', ...what }).catch(this.#failed);
  }
}
