import type { MediaPort, MediaRights, RoomPort } from '@madang/engine';
import type { IceServer } from '@madang/protocol';
import type { Registry } from 'prom-client';
import { AddressRates, BearerTokens, type Caller, isLoopback } from '../auth/index.js';
import { gauge } from '../observe/index.js';
import type { Call, Workings } from './call.js';
import { changeSession } from './change-session.js';
import { crossOrigin, preflightHeaders } from './cross-origin.js';
import { type DoorKind, type DoorPlace, readDoorPlace } from './door-place.js';
import { SDP } from './media-type.js';
import { openSession, PATCHES } from './open-session.js';
import { problem } from './problem.js';
import { withRetry } from './refusals.js';
import { Sessions } from './sessions.js';

/** The keys of the configuration that the door reads. */
export interface WhipConfig {
  readonly basePath: string;
  readonly allowOrigin: readonly string[];
  readonly maxConnectionsPerAddress: number;
  readonly messageRate: number;
  readonly whipToken: readonly string[];
  readonly whepToken: readonly string[];
}

export interface WhipParts {
  readonly rooms: RoomPort;
  readonly config: WhipConfig;
  readonly registry: Registry;
  iceServersFor(member: string, host: string): { readonly iceServers: readonly IceServer[] };
  isDraining(): boolean;
  readonly nowMs?: () => number;
  readonly wallMs?: () => number;
}

const DOOR_METHODS = 'OPTIONS, POST';
const SESSION_METHODS = 'OPTIONS, PATCH, DELETE';

/** WHIP (RFC 9725) and WHEP over HTTP, for the rooms and the media server of this process. */
export class WhipDoor {
  readonly #parts: WhipParts;
  readonly #sessions: Sessions;
  readonly #tokens: Readonly<Record<DoorKind, BearerTokens>>;
  readonly #rates: AddressRates;
  #media: MediaPort | null = null;
  #unlisten: () => void = () => {};

  constructor(parts: WhipParts) {
    const { config, registry } = parts;
    this.#parts = parts;
    this.#sessions = new Sessions(() => this.#media);
    this.#tokens = { whip: new BearerTokens(config.whipToken), whep: new BearerTokens(config.whepToken) };
    this.#rates = new AddressRates(config.messageRate);
    for (const door of ['whip', 'whep'] as const) {
      const help = `Sessions of ${door.toUpperCase()}.`;
      gauge(registry, `madang_${door}_sessions`, help, () => this.#sessions.count(door));
    }
  }

  /** From now on sessions are opened on this media server. */
  serve(media: MediaPort): void {
    this.#unlisten();
    this.#media = media;
    this.#unlisten = media.listen((event) => {
      if (event.type === 'closed') this.#sessions.closed(event.connection);
    });
  }

  /** Something else of a member may be forwarded than before: what a host has muted of a guest is not. */
  heed({ member, muted }: MediaRights): void {
    this.#sessions.mute(member, muted);
  }

  /** Ends every session. */
  close(): void {
    this.#sessions.endAll();
    this.#unlisten();
    this.#media = null;
  }

  /** The answer to a request for a path of WHIP or WHEP; null for another path. */
  async handle(request: Request, caller: Caller): Promise<Response | null> {
    const { pathname, searchParams } = new URL(request.url);
    const place = readDoorPlace(pathname, this.#parts.config.basePath);
    if (place === null) return null;
    const origin = crossOrigin(request, caller, this.#parts.config.allowOrigin);
    if (origin.kind === 'refused') {
      return problem('origin_refused', { detail: 'Allow it with --allow-origin.', headers: { Vary: 'Origin' } });
    }
    const response = await this.#answer(request, { place, caller, query: searchParams });
    for (const [name, value] of Object.entries(origin.headers)) response.headers.append(name, value);
    return response;
  }

  async #answer(request: Request, at: { place: DoorPlace; caller: Caller; query: URLSearchParams }): Promise<Response> {
    const { place, caller } = at;
    const methods = place.session === null ? DOOR_METHODS : SESSION_METHODS;
    if (request.method === 'OPTIONS') return describe(place, methods);
    if (!methods.split(', ').includes(request.method))
      return problem('method_not_allowed', { headers: { Allow: methods } });
    const waitMs = this.#rates.take(caller.address, (this.#parts.nowMs ?? (() => performance.now()))());
    if (waitMs > 0) return problem('too_many_requests', { retryAfterS: Math.ceil(waitMs / 1_000) });
    const holder = this.#admit(request, place.door, caller);
    if (holder instanceof Response) return holder;
    const { room } = place;
    if (room === null) {
      return problem(place.session === null ? 'bad_room_name' : 'session_not_found');
    }
    return this.#carryOut({ ...at, request, place: { ...place, room }, holder });
  }

  /** Who the token names, null where none is asked for; before anything else of the request is read. */
  #admit(request: Request, door: DoorKind, caller: Caller): string | null | Response {
    const authorization = request.headers.get('authorization');
    const verdict = this.#tokens[door].judge(authorization);
    if (verdict.kind === 'open') return null;
    if (caller.protocol !== 'https' && !isLoopback(caller.address)) return problem('https_required');
    if (verdict.kind === 'holder') return verdict.holder;
    if (verdict.kind === 'missing') {
      return problem('token_missing', { headers: { 'WWW-Authenticate': 'Bearer realm="madang"' } });
    }
    const isOfOther = this.#tokens[door === 'whip' ? 'whep' : 'whip'].judge(authorization).kind === 'holder';
    if (isOfOther) return problem('token_of_other_door');
    return problem('token_unknown', {
      headers: { 'WWW-Authenticate': 'Bearer realm="madang", error="invalid_token"' },
    });
  }

  async #carryOut(call: Call): Promise<Response> {
    const { place, request } = call;
    const media = this.#media;
    if (place.session === null && this.#parts.isDraining()) return withRetry('draining');
    if (media === null) return withRetry('no_media');
    const workings = this.#workings(media);
    if (place.session === null) return openSession(workings, call);
    const session = this.#sessions.find(place.door, place.room, place.session);
    if (session === undefined) return problem('session_not_found');
    if (session.holder !== call.holder) return problem('token_of_other_session');
    if (request.method === 'PATCH') return changeSession(workings, session, request);
    this.#sessions.end(session);
    return new Response(null, { status: 200 });
  }

  #workings(media: MediaPort): Workings {
    const { rooms, config, iceServersFor, wallMs = Date.now } = this.#parts;
    return {
      rooms,
      media,
      sessions: this.#sessions,
      basePath: config.basePath,
      maxSessionsPerAddress: config.maxConnectionsPerAddress,
      iceServersFor,
      wallMs,
    };
  }
}

/** `OPTIONS`: what is taken here, the same for everybody. */
function describe({ door, session }: DoorPlace, methods: string): Response {
  const takes = session === null ? { 'Accept-Post': SDP } : { 'Accept-Patch': PATCHES[door] };
  return new Response(null, { status: 200, headers: { Allow: methods, ...takes, ...preflightHeaders(methods) } });
}
