import { once } from 'node:events';
import WebSocket from 'ws';

/**
 * A process of Node that was started with `--inspect`, as its debugger sees it. What is asked of one of its threads goes inside a
 * message of the domain NodeWorker.
 */
export class Inspected {
  #socket;
  #lastId = 0;
  #waiting = new Map();
  #workers = new Set();

  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (text) => this.#hear(JSON.parse(text)));
  }

  /** `url`: what the process says that its debugger listens on. */
  static async attach(url) {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await once(socket, 'open');
    const inspected = new Inspected(socket);
    await inspected.#ask('NodeWorker.enable', { waitForDebuggerOnStart: false });
    return inspected;
  }

  /** Collects all garbage of all its threads. */
  async collectGarbage() {
    await this.#ask('HeapProfiler.collectGarbage', {});
    for (const sessionId of this.#workers) {
      const id = ++this.#lastId;
      const message = JSON.stringify({ id, method: 'HeapProfiler.collectGarbage', params: {} });
      const collected = this.#answerTo(`${sessionId} ${id}`);
      await this.#ask('NodeWorker.sendMessageToWorker', { sessionId, message });
      await collected;
    }
  }

  close() {
    this.#socket.close();
  }

  #ask(method, params) {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return this.#answerTo(String(id));
  }

  #answerTo(key) {
    return new Promise((resolve) => this.#waiting.set(key, resolve));
  }

  #hear({ id, method, params }) {
    if (id !== undefined) this.#answered(String(id));
    else if (method === 'NodeWorker.attachedToWorker') this.#workers.add(params.sessionId);
    else if (method === 'NodeWorker.detachedFromWorker') this.#workers.delete(params.sessionId);
    else if (method === 'NodeWorker.receivedMessageFromWorker') {
      this.#answered(`${params.sessionId} ${JSON.parse(params.message).id}`);
    }
  }

  #answered(key) {
    this.#waiting.get(key)?.();
    this.#waiting.delete(key);
  }
}
