// Janus' videoroom by its HTTP API: a session, a handle for each endpoint.
import { randomUUID } from 'node:crypto';

const ROOM = 1;

export class JanusDoor {
  #session = '';
  #waiting = new Map();
  #isOpen = true;

  static async open(url) {
    const door = new JanusDoor();
    door.#session = `${url}/${(await door.#post(url, { janus: 'create' })).data.id}`;
    void door.#listen();
    const manager = await door.#attach();
    const plain = {
      audiolevel_ext: false,
      videoorient_ext: false,
      playoutdelay_ext: false,
      transport_wide_cc_ext: false,
    };
    const codecs = { audiocodec: 'opus', videocodec: 'vp8' };
    const room = { request: 'create', room: ROOM, publishers: 100, bitrate: 0, fir_freq: 0, ...plain, ...codecs };
    await door.#post(manager, { janus: 'message', body: room });
    return door;
  }

  /** Publishes as feed `publisher`; resolves with the answer. */
  async publish(publisher, offer) {
    const handle = await this.#attach();
    const body = { request: 'joinandconfigure', ptype: 'publisher', room: ROOM, id: publisher + 1 };
    return (await this.#ask(handle, body, { type: 'offer', sdp: offer })).jsep.sdp;
  }

  /** Sees all of `publishers` by one connection; `viewer` has `answer(offer)`. */
  async view(publishers, viewer) {
    const handle = await this.#attach();
    const streams = publishers.map((publisher) => ({ feed: publisher + 1 }));
    const join = { request: 'join', ptype: 'subscriber', room: ROOM, streams };
    const { jsep } = await this.#ask(handle, join);
    await this.#ask(handle, { request: 'start', room: ROOM }, { type: 'answer', sdp: viewer.answer(jsep.sdp) });
  }

  close() {
    this.#isOpen = false;
  }

  async #attach() {
    const { data } = await this.#post(this.#session, { janus: 'attach', plugin: 'janus.plugin.videoroom' });
    return `${this.#session}/${data.id}`;
  }

  /** A request that an event answers. */
  async #ask(handle, body, jsep) {
    const transaction = randomUUID();
    const event = new Promise((resolve) => this.#waiting.set(transaction, resolve));
    await this.#post(handle, { janus: 'message', body, jsep, transaction });
    const { plugindata, jsep: theirs } = await event;
    if (plugindata.data.error !== undefined) throw new Error(`janus: ${plugindata.data.error}`);
    return { data: plugindata.data, jsep: theirs };
  }

  async #post(url, message) {
    const body = JSON.stringify({ transaction: randomUUID(), ...message });
    const reply = await (await fetch(url, { method: 'POST', body })).json();
    if (reply.janus === 'error') throw new Error(`janus: ${reply.error.reason}`);
    return reply;
  }

  async #listen() {
    while (this.#isOpen) {
      const events = await (await fetch(`${this.#session}?maxev=100`)).json();
      for (const event of [events].flat()) {
        if (event.janus !== 'event') continue;
        this.#waiting.get(event.transaction)?.(event);
        this.#waiting.delete(event.transaction);
      }
    }
  }
}
