import type {
  LinkMessage,
  MediaCommand,
  MediaCommandOf,
  MediaCommandType,
  MediaEvent,
  MediaPort,
  MediaRefusalCode,
  MediaReply,
  MediaResults,
  RoomLimits,
} from '@madang/engine';
import type { Joined, Member } from '@madang/protocol';
import { Registry } from 'prom-client';
import { LocalRooms } from '../src/media/index.js';
import { type WhipConfig, WhipDoor } from '../src/whip/index.js';

const LIMITS: RoomLimits = { maxRooms: 50, maxMembers: 100, graceMs: 30_000, chatKeepMs: 0, modes: ['p2p', 'sfu'] };

const CONFIG: WhipConfig = {
  basePath: '',
  allowOrigin: [],
  maxConnectionsPerAddress: 200,
  messageRate: 0,
  whipToken: [],
  whepToken: [],
};

/** The fragment that begins an ICE restart; any other brings candidates. */
export const RESTART = 'a=ice-ufrag:next\r\na=ice-pwd:another\r\n';
export const CANDIDATES = 'm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.1 5000 typ host\r\n';

const RESULTS: MediaResults = {
  publish: {
    answer: 'v=0 answer to a publisher',
    tracks: [
      { id: 't1', mid: '0', kind: 'video', codec: 'VP8', encodings: [{ rid: 'a' }, { rid: 'b' }, { rid: 'c' }] },
      { id: 't2', mid: '1', kind: 'audio', codec: 'opus', encodings: [{ rid: null }] },
    ],
  },
  view: { answer: 'v=0 answer to a viewer' },
  renegotiate: { answer: 'v=0', tracks: [] },
  trickle: { fragment: null },
  wish: {},
  subscribe: { revision: 1, offer: null, sections: [] },
  answer: {},
  mute: {},
  'hang-up': {},
};

/** A `MediaPort` that remembers what it was asked and knows which connections there are, but carries nothing. */
export class RecordingMedia implements MediaPort {
  readonly asked: MediaCommand[] = [];
  readonly connections = new Set<string>();
  /** Refuses every command of a type with this code. */
  readonly refuses = new Map<MediaCommandType, MediaRefusalCode>();
  /** What happens before a command is answered. */
  meanwhile: (command: MediaCommand) => Promise<void> | void = () => {};
  #listener: (event: MediaEvent) => void = () => {};

  async command<T extends MediaCommandType>(command: MediaCommandOf<T>): Promise<MediaReply<T>> {
    this.asked.push(command);
    await this.meanwhile(command);
    const code = this.refuses.get(command.type) ?? this.#fault(command);
    if (code !== undefined) return { ok: false, code, detail: `because of ${code}` };
    return { ok: true, ...this.#carryOut(command) } as MediaReply<T>;
  }

  listen(listener: (event: MediaEvent) => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }

  /** The media server ends a connection by itself. */
  close(connection: string): void {
    this.connections.delete(connection);
    this.#listener({ type: 'closed', connection, reason: 'unconnected' });
  }

  asks<T extends MediaCommandType>(type: T): MediaCommandOf<T>[] {
    return this.asked.filter((command): command is MediaCommandOf<T> => command.type === type);
  }

  #fault({ type, connection }: MediaCommand): MediaRefusalCode | undefined {
    const opens = type === 'publish' || type === 'view';
    if (opens || type === 'hang-up') return undefined;
    return this.connections.has(connection) ? undefined : 'unknown_connection';
  }

  #carryOut(command: MediaCommand): object {
    const { type, connection } = command;
    if (type === 'publish' || type === 'view') this.connections.add(connection);
    if (type === 'hang-up') this.connections.delete(connection);
    if (type === 'trickle' && command.fragment === RESTART) return { fragment: 'a=ice-ufrag:ours\r\n' };
    return RESULTS[type];
  }
}

export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ReadableStream<Uint8Array>;
  readonly address?: string;
  readonly protocol?: 'http' | 'https';
  readonly host?: string;
}

/** The door over real rooms, beside a media server that only remembers. */
export class WhipRig {
  readonly media = new RecordingMedia();
  readonly rooms: LocalRooms;
  readonly door: WhipDoor;
  readonly registry = new Registry();
  nowMs = 0;
  isDraining = false;
  #links = 0;

  constructor(config: Partial<WhipConfig> = {}, limits: Partial<RoomLimits> = {}) {
    this.rooms = new LocalRooms({
      limits: { ...LIMITS, ...limits },
      onReceiverError: (error) => {
        throw error;
      },
    });
    this.door = new WhipDoor({
      rooms: this.rooms,
      config: { ...CONFIG, ...config },
      registry: this.registry,
      iceServersFor: (member) => ({
        iceServers: [
          { urls: ['stun:stun.example:3478'] },
          { urls: ['turn:turn.example:3478?transport=udp'], username: `1:${member}`, credential: 'se"cret' },
        ],
      }),
      isDraining: () => this.isDraining,
      nowMs: () => this.nowMs,
      wallMs: () => 5_000,
    });
    this.door.serve(this.media);
  }

  async ask(
    path: string,
    { method = 'GET', headers = {}, body, address, protocol, host = 'meet.example' }: Asking = {},
  ): Promise<Response> {
    const init = { method, headers, duplex: 'half', ...(body !== undefined && { body }) } as RequestInit;
    const caller = { address: address ?? '192.0.2.7', protocol: protocol ?? 'https', host } as const;
    const response = await this.door.handle(new Request(`https://meet.example${path}`, init), caller);
    if (response === null) throw new Error(`${path} is no path of the door`);
    return response;
  }

  post(path: string, { headers, body = 'v=0', ...rest }: Asking = {}): Promise<Response> {
    return this.ask(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/sdp', ...headers },
      ...rest,
    });
  }

  patch(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    const type = { 'content-type': 'application/trickle-ice-sdpfrag' };
    return this.ask(path, { method: 'PATCH', body, headers: { ...type, ...headers } });
  }

  /** Opens a session, and gives its path. */
  async open(path: string, asking: Asking = {}): Promise<{ path: string; etag: string }> {
    const response = await this.post(path, asking);
    if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
    return { path: response.headers.get('location') ?? '', etag: response.headers.get('etag') ?? '' };
  }

  /** A member of a room through the server that did not come by this door; what it hears is kept. */
  async join(room: string): Promise<{ joined: Joined; heard: LinkMessage[] }> {
    this.#links += 1;
    const link = `other-${this.#links}`;
    const heard: LinkMessage[] = [];
    this.rooms.open(link, (message) => heard.push(message));
    const where = { room, mode: 'sfu', able: ['sfu'], wallMs: 1 } as const;
    const reply = await this.rooms.command<'join'>({ type: 'join', link, dialect: 'test', name: 'Host', ...where });
    if (!reply.ok) throw new Error(reply.error.code);
    return { joined: reply as unknown as Joined, heard };
  }

  async members(of: string): Promise<readonly Member[]> {
    const reply = await this.rooms.command<'members'>({ type: 'members', member: of });
    return reply.ok ? reply.members : [];
  }
}

/** The code of a refusal, with its status; the body has been seen to be problem details that say the same. */
export async function problemOf(response: Response): Promise<string> {
  const body = (await response.json()) as { type: string; status: number; code: string; title: string };
  const isWhole =
    response.headers.get('content-type') === 'application/problem+json' &&
    body.status === response.status &&
    body.type === `urn:madang:problem:${body.code}` &&
    body.title.endsWith('.');
  return isWhole ? `${response.status} ${body.code}` : `not problem details: ${JSON.stringify(body)}`;
}
