import { WebSocket } from 'ws';

/**
 * A member as cheap as it can be made, so that the load generator is not what is measured: a WebSocket that writes and
 * reads the few packets of socket.io that it needs as text.
 */
export class Page {
  /** Id of the member, from the answer to `join`. */
  self = '';
  /** Signals that arrived from others. */
  heard = 0;
  /** Called for each acknowledgement after the join. */
  onAck = () => {};
  #ws;
  #id = 0;

  static async join(url, room, name) {
    const page = new Page();
    await page.#open(url.replace('http', 'ws'));
    page.self = await page.#ask('join', { protocol: 1, room, name });
    return page;
  }

  #open(url) {
    const ws = new WebSocket(`${url}/socket.io/?EIO=4&transport=websocket`, { perMessageDeflate: false });
    this.#ws = ws;
    return new Promise((done, fail) => {
      ws.on('error', fail);
      ws.on('close', () => fail(new Error('closed')));
      ws.on('message', (data) => this.#receive(data.toString('latin1'), done));
    });
  }

  #receive(text, connected) {
    if (text === '2') this.#ws.send('3');
    else if (text.startsWith('43')) this.onAck(text);
    else if (text.startsWith('42')) this.heard += text.includes('"peer-signal"') ? 1 : 0;
    else if (text.startsWith('0')) this.#ws.send('40');
    else if (text.startsWith('40')) connected();
  }

  #ask(event, payload) {
    return new Promise((done, fail) => {
      this.onAck = (text) => {
        const [reply] = JSON.parse(text.slice(text.indexOf('[')));
        if (reply.ok) done(reply.self);
        else fail(new Error(JSON.stringify(reply.error)));
      };
      this.#ws.send(`42${this.#id++}${JSON.stringify([event, payload])}`);
    });
  }

  /** Sends one signal; `frame` as made by `signalFrame`. */
  send(frame) {
    this.#ws.send(`42${this.#id++}${frame}`);
  }
}

/** A trickled candidate for the member `to`, about 150 bytes of it, ready to send. */
export function signalFrame(to) {
  const candidate = 'candidate:842163049 1 udp 1677729535 203.0.113.7 46154 typ srflx raddr 10.0.0.17 rport 46154';
  const signal = { kind: 'candidate', generation: 1, candidate: { candidate, sdpMid: '0', usernameFragment: 'EsAw' } };
  return JSON.stringify(['peer-signal', { to, signal }]);
}
