import type { Source } from '@madang/protocol';
import type { Relay } from '../data/index.js';
import type { SignalLink } from '../link/index.js';
import { MadangError } from '../madang-error.js';
import type { TrackOrigin } from '../record/index.js';
import { PublishSections } from './publish-sections.js';
import type { RoomSettings } from './room-options.js';
import type { ServerConnection } from './server-connection.js';

/** So soon another connection is begun for lanes that ended; twice as long each time, unless they stood long before. */
const LANES_MS = 500;
const LONGEST_LANES_MS = 256_000;
const LONG_MS = 60_000;

export interface PublishLinkDeps {
  readonly settings: RoomSettings;
  readonly request: SignalLink['request'];
  readonly connection: ServerConnection;
  /** Whether a request would be answered soon. */
  reachable(): boolean;
  /** A new one, in the place of the last. */
  open(): RTCPeerConnection | undefined;
  /** Whether one may give media; who may not has the connection for data alone. */
  publishes(): boolean;
  readonly relay: Relay;
}

/** What we send to the media server, and say to the others by it: one connection, whose offers are ours. */
export class PublishLink {
  readonly #deps: PublishLinkDeps;
  #sections: PublishSections | undefined;
  /** The connection that is being negotiated. */
  #negotiating: RTCPeerConnection | undefined;
  #isNeeded = false;
  #begunMs = 0;
  #laneEnds = 0;

  constructor(deps: PublishLinkDeps) {
    this.#deps = deps;
  }

  /** Whether what there is to send goes out. */
  get isOut(): boolean {
    const { connection, settings } = this.#deps;
    return connection.state === 'connected' || settings.media.tracks.size === 0;
  }

  /** Brings what is in the media now to the server. */
  publish(): void {
    if (this.#deps.connection.pc === undefined) this.startOver();
    else this.#sections?.publish();
  }

  /** Begins another connection. */
  startOver(): void {
    const { open, publishes, relay, settings } = this.#deps;
    const pc = open();
    this.#isNeeded = false;
    this.#sections = undefined;
    if (pc === undefined) {
      relay.detach();
      return;
    }
    pc.onnegotiationneeded = () => void this.#negotiate(pc);
    this.#begunMs = settings.clock.now();
    relay.attend(pc, () => this.#onLanesEnd(pc));
    if (!publishes()) return;
    this.#sections = new PublishSections(pc, settings.media, settings.encryption.cipher);
    this.#sections.publish();
  }

  originOf(section: RTCRtpTransceiver): TrackOrigin | undefined {
    const source = this.#sections?.sourceOf(section);
    return source === undefined ? undefined : { source };
  }

  want(source: Source, encodings: readonly boolean[]): void {
    this.#sections?.want(source, encodings);
  }

  /** Nothing more is sent. The server is told, as far as it can be. */
  close(): void {
    const { connection, request, relay } = this.#deps;
    relay.detach();
    if (connection.pc === undefined) return;
    this.#sections = undefined;
    connection.close();
    request('unpublish', {}).catch(() => {});
  }

  /** What is sent goes on by this connection; what is said waits for another one. */
  #onLanesEnd(pc: RTCPeerConnection): void {
    if (this.#deps.settings.clock.now() - this.#begunMs >= LONG_MS) this.#laneEnds = 0;
    const delayMs = Math.min(LANES_MS * 2 ** this.#laneEnds, LONGEST_LANES_MS);
    this.#laneEnds += 1;
    this.#startOverAfter(delayMs, pc);
  }

  #startOverAfter(delayMs: number, pc: RTCPeerConnection): void {
    const { settings, connection, reachable } = this.#deps;
    settings.clock.setTimeout(() => {
      if (pc !== connection.pc) return;
      if (reachable()) this.startOver();
      else this.#startOverAfter(LANES_MS, pc);
    }, delayMs);
  }

  /** One offer at a time; what comes meanwhile is another one after it. */
  async #negotiate(pc: RTCPeerConnection): Promise<void> {
    const { connection } = this.#deps;
    if (pc !== connection.pc) return;
    if (this.#negotiating === pc) {
      this.#isNeeded = true;
      return;
    }
    this.#negotiating = pc;
    this.#isNeeded = false;
    try {
      await pc.setLocalDescription();
      const sdp = await this.#ask(pc);
      if (pc !== connection.pc) return;
      await pc.setRemoteDescription({ type: 'answer', sdp });
      this.#sections?.limit();
    } catch (error) {
      if (pc === connection.pc && !isOver(error)) connection.fail('publish', error);
      return;
    } finally {
      if (this.#negotiating === pc) this.#negotiating = undefined;
    }
    if (this.#isNeeded) void this.#negotiate(pc);
  }

  /** The server's answer. Answered before the signaling was lost, the offer is answered once more. */
  async #ask(pc: RTCPeerConnection): Promise<string> {
    const { connection, request } = this.#deps;
    const { generation } = connection;
    const tracks = this.#sections?.describe() ?? [];
    const result = await request('publish', { generation, sdp: pc.localDescription?.sdp ?? '', tracks });
    return 'sdp' in result ? result.sdp : await this.#ask(pc);
  }
}

/** The membership in which it was asked is no more, and the connection with it. */
export function isOver(error: unknown): boolean {
  return error instanceof MadangError && (error.code === 'not_connected' || error.code === 'aborted');
}
