import { fragmentOf, restartedAnswer } from './ice-fragment.js';
import { iceServersOf } from './ice-links.js';
import { whipError } from './whip-error.js';

export interface WhipOptions {
  /** The bearer token of a door that asks for one. */
  readonly token?: string;
  /** A connection of one's own, with settings of one's own; a plain one if not given. */
  readonly connection?: RTCPeerConnection;
  readonly signal?: AbortSignal;
}

/** `closed`: by `close()`. `lost`: the server has ended it, or it could not be brought back. */
export type WhipEnd = 'closed' | 'lost';

/** A way that is interrupted for so long is looked for anew. */
const PATIENCE_MS = 2_000;
/** So long a way may take to be found, before its relays are tried too. */
const OPENING_MS = 6_000;
const FRAGMENT = 'application/trickle-ice-sdpfrag';
const MERGE_PATCH = 'application/merge-patch+json';

/**
 * One connection to the media server, opened and kept over HTTP as WHIP (RFC 9725) and WHEP say. It restarts ICE by itself
 * when its way is interrupted.
 */
export class WhipSession {
  readonly connection: RTCPeerConnection;
  /** Settles when the session is over. */
  readonly ended: Promise<WhipEnd>;
  readonly #url: string;
  readonly #token: string | undefined;
  #end: (end: WhipEnd) => void = () => {};
  #patience: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;
  #isRecovering = false;

  private constructor(connection: RTCPeerConnection, url: string, token: string | undefined) {
    this.connection = connection;
    this.#url = url;
    this.#token = token;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    connection.addEventListener('connectionstatechange', () => this.#look());
    this.#look();
  }

  /**
   * Offers what `connection` has, and resolves when the answer is in; media flows a moment later. Rejects with `WhipError`,
   * or as `fetch` does.
   */
  static async open(url: string, connection: RTCPeerConnection, { token, signal }: WhipOptions): Promise<WhipSession> {
    await connection.setLocalDescription();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', ...authorization(token) },
      body: connection.localDescription?.sdp ?? '',
      signal: signal ?? null,
    });
    if (response.status !== 201) throw await whipError(response);
    const sdp = await response.text();
    const servers = iceServersOf(response.headers.get('link'));
    // For the next gathering: the server's own address needs none.
    if (servers.length > 0) connection.setConfiguration({ ...connection.getConfiguration(), iceServers: servers });
    await connection.setRemoteDescription({ type: 'answer', sdp });
    return new WhipSession(connection, new URL(response.headers.get('location') ?? '', response.url).href, token);
  }

  /** Changes what a viewer sees: what is absent stays, null takes a wish back. */
  async change(wish: WhepWishChange): Promise<void> {
    await this.#ask('PATCH', { 'Content-Type': MERGE_PATCH }, JSON.stringify(wish));
  }

  /** Looks for another way to the server, its relays included; media goes on while the old one lasts. */
  async restart(): Promise<void> {
    const { connection } = this;
    const answer = connection.currentRemoteDescription?.sdp ?? '';
    await connection.setLocalDescription(await connection.createOffer({ iceRestart: true }));
    await gathered(connection);
    const offer = connection.localDescription?.sdp ?? '';
    const response = await this.#ask('PATCH', { 'Content-Type': FRAGMENT, 'If-Match': '*' }, fragmentOf(offer));
    await connection.setRemoteDescription({ type: 'answer', sdp: restartedAnswer(answer, await response.text()) });
  }

  /** Says goodbye. */
  async close(): Promise<void> {
    if (this.#isOver) return;
    this.#finish('closed');
    await this.#ask('DELETE', {}).catch(() => {});
  }

  #look(): void {
    const { connectionState } = this.connection;
    if (this.#isOver) return;
    if (connectionState === 'connected') {
      this.#isRecovering = false;
      this.#hold();
    } else if (connectionState === 'closed') this.#finish('lost');
    else if (!this.#isRecovering) {
      const patienceMs =
        connectionState === 'failed' ? 0 : connectionState === 'disconnected' ? PATIENCE_MS : OPENING_MS;
      this.#hold();
      this.#patience = setTimeout(() => void this.#recover(), patienceMs);
    }
  }

  async #recover(): Promise<void> {
    this.#isRecovering = true;
    this.#hold();
    try {
      await this.restart();
    } catch {
      this.#finish('lost');
    }
    if (this.#isOver || !this.#isRecovering) return;
    this.#patience = setTimeout(() => this.#finish('lost'), OPENING_MS);
  }

  #hold(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #finish(end: WhipEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hold();
    this.connection.close();
    this.#end(end);
  }

  async #ask(method: string, headers: Record<string, string>, body?: string): Promise<Response> {
    const all = { ...headers, ...authorization(this.#token) };
    const response = await fetch(this.#url, {
      method,
      headers: all,
      keepalive: true,
      ...(body !== undefined && { body }),
    });
    if (!response.ok) throw await whipError(response);
    return response;
  }
}

/** What a viewer wishes to see. */
export interface WhepWish {
  /** The id or the name of a member; otherwise whoever publishes longest. */
  readonly member?: string;
  /** The highest quality, from 0. */
  readonly layer?: number;
  readonly temporalLayer?: number;
  /** Pixels of the place where it is shown. */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  readonly paused?: boolean;
}
export type WhepWishChange = { readonly [K in keyof WhepWish]?: WhepWish[K] | null };

function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { Authorization: `Bearer ${token}` };
}

/** Resolves when the candidates of this restart are there, those of slow relays not waited for. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      if (connection.iceGatheringState === 'complete') resolve();
    };
    connection.addEventListener('icegatheringstatechange', done);
    setTimeout(resolve, 2_000);
    done();
  });
}
