import { connect } from 'node:net';
import { WebSocket } from 'ws';

/** A WebSocket that speaks engine.io only as far as a test makes it: no heartbeat, no handshake of its own. */
export class Wire {
  readonly ws: WebSocket;
  readonly received: string[] = [];
  readonly closed: Promise<number>;

  private constructor(ws: WebSocket) {
    this.ws = ws;
    ws.on('message', (data) => void this.received.push(String(data)));
    ws.on('error', () => {});
    this.closed = new Promise((done) => ws.on('close', done));
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Wire> {
    const ws = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers });
    const wire = new Wire(ws);
    await new Promise<void>((done, fail) => ws.once('open', done).once('error', fail));
    return wire;
  }

  /** As far as socket.io's own handshake. */
  static async joined(url: string): Promise<Wire> {
    const wire = await Wire.open(url);
    wire.ws.send('40');
    await wire.hears('40');
    return wire;
  }

  send(...frames: (string | Buffer)[]): void {
    for (const frame of frames) this.ws.send(frame);
  }

  /** Resolves when the other side has taken in everything that was sent so far. */
  takenIn(): Promise<void> {
    return new Promise((done) => {
      this.ws.once('pong', () => done());
      this.ws.ping();
    });
  }

  /** The first frame that begins with `start`. */
  async hears(start: string, withinMs = 10_000): Promise<string> {
    for (const end = performance.now() + withinMs; performance.now() < end; ) {
      const found = this.received.find((frame) => frame.startsWith(start));
      if (found !== undefined) return found;
      await new Promise((done) => setTimeout(done, 2));
    }
    throw new Error(`nothing like ${start} among ${JSON.stringify(this.received)}`);
  }
}

/** Sends raw bytes to a port and returns what came back until the other side ended it, or `withinMs` passed. */
export async function sendRaw(port: number, bytes: string | Buffer, withinMs = 1_000): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1');
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => {});
  socket.write(bytes);
  await new Promise<void>((done) => {
    const timer = setTimeout(done, withinMs);
    socket.once('close', () => {
      clearTimeout(timer);
      done();
    });
  });
  socket.destroy();
  return answer;
}

/** A WebSocket upgrade as bytes, for what the client library would not send. */
export function upgradeBytes(query: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({
    Host: '127.0.0.1',
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return `GET /socket.io/?${query} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}
