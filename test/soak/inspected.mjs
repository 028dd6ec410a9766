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
    await this.#askAll('HeapProfiler.collectGarbage', {});
  }

  /** What an expression comes to in each of its threads, the main one first. */
  async evaluate(expression) {
    const answers = await this.#askAll('Runtime.evaluate', { expression, returnByValue: true });
    return answers.map(({ result, exceptionDetails }) => {
      if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? 'it threw');
      return result.value;
    });
  }

  close() {
    this.#socket.close();
  }

  /** What the main thread answers, then the others, in the order in which they came. */
  async #askAll(method, params) {
    const answers = [await this.#ask(method, params)];
    for (const sessionId of this.#workers) {
      const id = ++this.#lastId;
      const answered = this.#answerTo(`${sessionId} ${id}`);
      const message = JSON.stringify({ id, method, params });
      await this.#ask('NodeWorker.sendMessageToWorker', { sessionId, message });
      answers.push(await answered);
    }
    return answers;
  }

  #ask(method, params) {
    const id = ++this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return this.#answerTo(String(id));
  }

  #answerTo(key) {
    return new Promise((resolve) => this.#waiting.set(key, resolve));
  }

  #hear({ id, method, params, result }) {
    if (id !== undefined) this.#answered(String(id), result);
    else if (method === 'NodeWorker.attachedToWorker') this.#workers.add(params.sessionId);
    else if (method === 'NodeWorker.detachedFromWorker') this.#workers.delete(params.sessionId);
    else if (method === 'NodeWorker.receivedMessageFromWorker') {
      const { id: answeredId, result: answer } = JSON.parse(params.message);
      this.#answered(`${params.sessionId} ${answeredId}`, answer);
    }
  }

  #answered(key, result) {
    this.#waiting.get(key)?.(result);
    this.#waiting.delete(key);
  }
}
