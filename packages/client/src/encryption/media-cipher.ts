import type { Source } from '@madang/protocol';
import { Emitter } from '../emitter.js';
import type { EncryptionWay } from './encryption-way.js';
import { ENCRYPTED_CODECS } from './husk.js';
import type { FromWorker, PipeOptions, PipeState, ToWorker } from './worker-messages.js';

/** How it goes with the media of another member. `waiting`: nothing has come yet. */
export type EncryptionState = 'waiting' | PipeState;

/** As much of a Worker as is used. */
export type CipherWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage'>;

type Guarded = (RTCRtpSender | RTCRtpReceiver) & {
  createEncodedStreams?(): { readonly readable: ReadableStream; readonly writable: WritableStream };
};

/**
 * Stands between the encoders, the decoders and every connection of a room whose media are encrypted end to end. Each
 * section of each connection is put under `guard` as soon as it is there, and before it is given anything to send.
 */
export class MediaCipher extends Emitter<{ state: [memberId: string] }> {
  readonly #way: EncryptionWay;
  readonly #worker: CipherWorker;
  readonly #pipes = new WeakMap<RTCRtpSender | RTCRtpReceiver, number>();
  /** Of what is received: from whom, and how it goes. */
  readonly #received = new Map<number, { readonly member: string; readonly source: Source; state: EncryptionState }>();
  #lastPipe = 0;

  constructor(way: EncryptionWay, worker: CipherWorker) {
    super();
    this.#way = way;
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#onState(data);
  }

  setKey(roomKey: Uint8Array, generation: number): void {
    this.#post({ type: 'key', roomKey, generation });
  }

  /** A membership begins. */
  begin(self: string): void {
    this.#received.clear();
    this.#post({ type: 'self', member: self });
  }

  /** Somebody came. */
  memberCame(): void {
    this.#post({ type: 'ratchet' });
  }

  memberLeft(member: string): void {
    this.#forget(member);
    this.#post({ type: 'forget', member });
    this.#post({ type: 'ratchet' });
  }

  /** What a connection of an encrypted room has to be made with. */
  configuration(configuration: RTCConfiguration): RTCConfiguration {
    return this.#way === 'streams'
      ? ({ ...configuration, encodedInsertableStreams: true } as RTCConfiguration)
      : configuration;
  }

  /**
   * Leads both directions of a section through the cipher, and keeps it to the codecs that can be encrypted. Throws where
   * the browser won't: then nothing must be sent in it. A second call does nothing.
   */
  guard(transceiver: RTCRtpTransceiver): void {
    const { sender, receiver } = transceiver;
    if (this.#pipes.has(sender)) return;
    const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
    this.#pipe(sender, 'seal');
    this.#pipe(receiver, 'open');
    transceiver.setCodecPreferences(codecsOf(kind));
  }

  /** What the sender sends. */
  sends(sender: RTCRtpSender, source: Source): void {
    const pipe = this.#pipes.get(sender);
    if (pipe !== undefined) this.#post({ type: 'carries', pipe, source });
  }

  /** What is received, and from whom. */
  receives(receiver: RTCRtpReceiver, member: string, source: Source): void {
    const pipe = this.#pipes.get(receiver);
    const before = pipe === undefined ? undefined : this.#received.get(pipe);
    if (pipe === undefined || (before?.member === member && before.source === source)) return;
    this.#forget(member, source);
    this.#received.set(pipe, { member, source, state: 'waiting' });
    this.#post({ type: 'carries', pipe, source, member });
  }

  /** `locked` as soon as one source of the member is: its key is missing, or another one. */
  stateOf(member: string): EncryptionState {
    const states = [...this.#received.values()].filter((received) => received.member === member);
    if (states.some(({ state }) => state === 'locked')) return 'locked';
    return states.some(({ state }) => state === 'open') ? 'open' : 'waiting';
  }

  /** Nothing passes any more, in either direction. */
  close(): void {
    this.#worker.terminate();
  }

  #pipe(end: Guarded, direction: PipeOptions['direction']): void {
    this.#lastPipe += 1;
    const pipe = this.#lastPipe;
    if (this.#way === 'transform')
      end.transform = new RTCRtpScriptTransform(this.#worker as Worker, { pipe, direction });
    else {
      const { readable, writable } = end.createEncodedStreams!();
      const message: ToWorker = { type: 'pipe', pipe, direction, readable, writable };
      this.#worker.postMessage(message, [readable, writable] as unknown as Transferable[]);
    }
    this.#pipes.set(end, pipe);
  }

  /** What came before over another connection counts no more. */
  #forget(member: string, source?: Source): void {
    for (const [pipe, received] of this.#received) {
      if (received.member === member && (source === undefined || received.source === source))
        this.#received.delete(pipe);
    }
  }

  #onState({ pipe, state }: FromWorker): void {
    const received = this.#received.get(pipe);
    if (received === undefined || received.state === state) return;
    received.state = state;
    this.emit('state', received.member);
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

/** The codec that is encrypted, and the retransmission of its packets. */
function codecsOf(kind: 'audio' | 'video'): RTCRtpCodec[] {
  const wanted = new Set<string>([ENCRYPTED_CODECS[kind], `${kind}/rtx`]);
  return (RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []).filter(({ mimeType }) =>
    wanted.has(mimeType.toLowerCase()),
  );
}
