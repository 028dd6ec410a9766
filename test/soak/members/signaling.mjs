import { io } from 'socket.io-client';

const ANSWER_WITHIN_MS = 20_000;

/** A connection with the server's signaling, as docs/protocol.md says it. */
export class Signaling {
  #socket;

  constructor(url, onEvent, onLost) {
    this.#socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true });
    this.#socket.on('event', onEvent);
    this.#socket.on('disconnect', (reason) => onLost(reason));
  }

  /** The result of a request; rejects with the code of a refusal. */
  async request(name, payload) {
    const reply = await this.#socket.timeout(ANSWER_WITHIN_MS).emitWithAck(name, payload);
    if (reply.ok) return reply;
    throw Object.assign(new Error(`${name}: ${reply.error.code} ${reply.error.detail ?? ''}`), {
      code: reply.error.code,
    });
  }

  close() {
    this.#socket.off('disconnect');
    this.#socket.disconnect();
  }

  /** The connection breaks, and nothing was said. */
  drop() {
    this.#socket.off('disconnect');
    this.#socket.io.engine?.close();
  }
}
