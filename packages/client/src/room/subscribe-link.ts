import type { Results, Want } from '@madang/protocol';
import type { SignalLink } from '../link/index.js';
import { MadangError } from '../madang-error.js';
import { isOver } from './publish-link.js';
import type { RoomSettings } from './room-options.js';
import type { ServerConnection } from './server-connection.js';
import { withoutRepeats } from './without-repeats.js';

/** Sizes and sights change in bursts: they are told together. */
const TOGETHER_MS = 120;
/** So often in a row an answer may come too late; then the connection is begun anew. */
const MOST_OUTDATED = 4;

type Reply = Results['subscribe'];

export interface SubscribeLinkDeps {
  readonly settings: RoomSettings;
  readonly request: SignalLink['request'];
  readonly connection: ServerConnection;
  /** A new one, in the place of the last. */
  open(): RTCPeerConnection | undefined;
  /** All that is wanted now. */
  wants(): readonly Want[];
  /** What comes in which section changed. */
  changed(): void;
}

/**
 * What the media server sends us: one connection, whose offers are the server's. We say what is wanted, all of it each
 * time, and the reply is the offer: so offers never meet, and of many changes only the last counts.
 */
export class SubscribeLink {
  readonly #deps: SubscribeLinkDeps;
  /** By track. */
  #receivers: ReadonlyMap<string, RTCRtpReceiver> = new Map();
  /** What was asked for last, as text. */
  #asked = '';
  #isDue = false;
  #isRestart = false;
  #isRunning = false;
  #outdated = 0;
  #timer: unknown;

  constructor(deps: SubscribeLinkDeps) {
    this.#deps = deps;
  }

  /** Whether all that is wanted comes in. */
  get isIn(): boolean {
    const { connection, wants } = this.#deps;
    return connection.state === 'connected' || wants().length === 0;
  }

  /** Undefined while it does not come. */
  receiver(trackId: string): RTCRtpReceiver | undefined {
    return this.#receivers.get(trackId);
  }

  /** What there is to see may be something else. */
  refresh(): void {
    this.#deps.settings.clock.clearTimeout(this.#timer);
    this.#isDue = true;
    if (!this.#isRunning) void this.#run();
  }

  /** What is seen of it may be something else. */
  refreshSoon(): void {
    const { clock } = this.#deps.settings;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => this.refresh(), TOGETHER_MS);
  }

  restartIce(): void {
    this.#isRestart = true;
    this.refresh();
  }

  /** Begins another connection, by an offer of the server. */
  startOver(): void {
    this.#receivers = new Map();
    this.#asked = '';
    this.#isRestart = false;
    this.#deps.open();
    this.refresh();
  }

  /** Nothing more is received. The server is told, as far as it can be. */
  close(): void {
    const { connection, request, settings } = this.#deps;
    settings.clock.clearTimeout(this.#timer);
    this.#isDue = false;
    this.#asked = '';
    this.#receivers = new Map();
    if (connection.pc === undefined) return;
    connection.close();
    request('unsubscribe', {}).catch(() => {});
  }

  /** One request at a time; what changes meanwhile is asked for after it. */
  async #run(): Promise<void> {
    const { connection } = this.#deps;
    this.#isRunning = true;
    while (this.#isDue) {
      this.#isDue = false;
      const { generation } = connection;
      try {
        await this.#ask();
        this.#outdated = 0;
      } catch (error) {
        if (isOver(error)) break;
        // There is a newer offer: what is wanted is asked for once more, and the reply has it.
        this.#asked = '';
        this.#outdated += 1;
        if (error instanceof MadangError && error.code === 'media_outdated' && this.#outdated < MOST_OUTDATED) {
          this.#isDue = true;
        } else if (generation === connection.generation) connection.fail('subscribe', error);
      }
    }
    this.#isRunning = false;
  }

  async #ask(): Promise<void> {
    const { connection, request, wants, open } = this.#deps;
    const wanted = wants();
    const text = JSON.stringify(wanted);
    const restart = this.#isRestart;
    if (text === this.#asked && !restart) return;
    if (connection.pc === undefined && (wanted.length === 0 || open() === undefined)) return;
    const { pc, generation } = connection;
    this.#isRestart = false;
    this.#asked = text;
    const reply = await request('subscribe', { generation, tracks: [...wanted], ...(restart ? { restart } : {}) });
    if (pc === undefined || pc !== connection.pc) return;
    // Answered before the signaling was lost: asked again, it is answered again.
    if ('repeated' in reply) {
      this.#asked = '';
      this.#isRestart = restart;
      this.#isDue = true;
    } else await this.#take(pc, generation, wanted, reply);
  }

  async #take(
    pc: RTCPeerConnection,
    generation: number,
    wanted: readonly Want[],
    { revision, sdp, sections }: Reply,
  ): Promise<void> {
    if (sdp !== null) {
      await pc.setRemoteDescription({ type: 'offer', sdp });
      const { cipher } = this.#deps.settings.encryption;
      for (const transceiver of pc.getTransceivers()) cipher?.guard(transceiver);
      await pc.setLocalDescription();
    }
    if (pc !== this.#deps.connection.pc) return;
    const byMid = new Map(pc.getTransceivers().map(({ mid, receiver }) => [mid, receiver]));
    const receivers = sections.flatMap(({ mid, track }) => {
      const receiver = byMid.get(mid);
      return receiver === undefined ? [] : [[track, receiver] as const];
    });
    this.#receivers = new Map(receivers);
    // What is not there yet is asked for again when it may be: by the same name, if its connection was begun anew.
    if (wanted.some(({ track }) => !this.#receivers.has(track))) this.#asked = '';
    this.#deps.changed();
    if (sdp === null) return;
    const answer = withoutRepeats(pc.localDescription?.sdp ?? '');
    await this.#deps.request('answer', { generation, revision, sdp: answer });
  }
}
