/** The example chat client, written from docs/protocol.md alone, must understand the server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const serverProgram = path.join(root, 'packages/cli/dist/main.js');
const clientProgram = path.join(root, 'examples/chat-client/chat.mjs');
const WAIT_MS = 40_000;
const TEST_MS = 120_000;

/** A child process, and what it has printed so far. */
class Program {
  output = '';
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(script: string, args: string[]) {
    this.#child = spawn(process.execPath, [script, ...args], { stdio: 'pipe' });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
        for (const look of this.#waiting) look();
      });
    }
    this.#child.on('exit', () => {
      for (const look of this.#waiting) look();
    });
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  type(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Waits until the output matches. */
  prints(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => done(() => reject(new Error(`${why}: ${pattern} in the output\n${this.output}`)));
      const timer = setTimeout(() => fail(`not within ${WAIT_MS} ms`), WAIT_MS);
      const look = () => {
        const match = pattern.exec(this.output);
        if (match !== null) done(() => resolve(match));
        else if (this.ended) fail('ended without');
      };
      const done = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        settle();
      };
      this.#waiting.add(look);
      look();
    });
  }

  async exits(): Promise<number | null> {
    if (!this.ended) await once(this.#child, 'exit', { signal: AbortSignal.timeout(WAIT_MS) });
    return this.#child.exitCode;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    if (!this.ended) await once(this.#child, 'exit');
  }
}

/** A TCP proxy before the server, which can be cut, or swallow what the server answers. */
class CuttableProxy {
  target: string;
  #cut = false;
  #swallowing = false;
  #polling = false;
  readonly #sockets = new Set<net.Socket>();
  readonly #server = net.createServer((socket) => this.#connect(socket));

  constructor(target: string) {
    this.target = target;
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as net.AddressInfo).port}`;
  }

  #connect(downstream: net.Socket): void {
    if (this.#cut) {
      downstream.destroy();
      return;
    }
    const { hostname, port } = new URL(this.target);
    const upstream = net.connect(Number(port), hostname);
    for (const [socket, other] of [
      [downstream, upstream],
      [upstream, downstream],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined); // `close` follows
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
      socket.on('data', (data) => {
        if (socket === upstream) this.#polling = false;
        else if (data.includes('GET ') && data.includes('sid=')) this.#polling = true;
        if (socket === downstream || !this.#swallowing) other.write(data);
      });
    }
  }

  /** Whether a GET waits at the server: only by it does the server notice a cut at once, else by the missing pong. */
  get polling(): boolean {
    return this.#polling;
  }

  swallowAnswers(): void {
    this.#swallowing = true;
  }

  cut(): void {
    this.#cut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  heal(): void {
    this.#cut = false;
    this.#swallowing = false;
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

describe('the example chat client', () => {
  let dataDir = '';
  let serverUrl = '';
  const servers: Program[] = [];
  let clients: Program[] = [];
  let proxies: CuttableProxy[] = [];

  async function startServer(): Promise<string> {
    const off = ['--https-port', 'off', '--turn-port', 'off', '--turns-port', 'off', '--media-port', 'off'];
    const args = ['start', '--http-port', '0', ...off];
    const server = new Program(serverProgram, [...args, '--data-dir', path.join(dataDir, String(servers.length))]);
    servers.push(server);
    const [, url = ''] = await server.prints(/^ready (\S+)/m);
    return url;
  }

  function startClient(room: string, name: string, url = serverUrl): Program {
    const client = new Program(clientProgram, [url, room, name]);
    clients.push(client);
    return client;
  }

  async function startProxy(): Promise<[CuttableProxy, string]> {
    const proxy = new CuttableProxy(serverUrl);
    proxies.push(proxy);
    return [proxy, await proxy.start()];
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'madang-chat-client-'));
    serverUrl = await startServer();
  }, TEST_MS);

  afterEach(async () => {
    await Promise.all([...clients, ...proxies].map((each) => each.stop()));
    clients = [];
    proxies = [];
  });

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  it(
    'prints what the others do, and the history to a latecomer',
    async () => {
      const ada = startClient('tea', 'Ada');
      await ada.prints(/You are in tea with nobody else yet/);
      const grace = startClient('tea', 'Grace');
      await grace.prints(/You are in tea with Ada\./);
      await ada.prints(/Grace joined\./);

      ada.type('How do you do?');
      await grace.prints(/<Ada> How do you do\?/);
      grace.type('/hand');
      await ada.prints(/Grace raised a hand\./);
      await grace.prints(/Grace raised a hand\./); // what it knows decides what its next /hand says
      grace.type('/hand');
      await ada.prints(/Grace lowered a hand\./);
      grace.type('/react 👏');
      await ada.prints(/Grace: 👏/);
      grace.type('/name Grace H.');
      await ada.prints(/Grace is now called Grace H\./);
      grace.type(`/name ${'x'.repeat(65)}`);
      await grace.prints(/That did not work: \w.*\./);

      const edsger = startClient('tea', 'Edsger');
      await edsger.prints(/You are in tea with Ada, Grace H\./);
      await edsger.prints(/<Ada> How do you do\?/);

      grace.type('/leave');
      await ada.prints(/Grace H\. is gone \(left\)/);
      expect(await grace.exits()).toBe(0);
      edsger.signal('SIGINT');
      await ada.prints(/Edsger is gone \(left\)/);
      expect(await edsger.exits()).toBe(0);
    },
    TEST_MS,
  );

  it(
    'resumes its membership after a cut and prints what it missed',
    async () => {
      const [proxy, proxyUrl] = await startProxy();
      const ada = startClient('cut', 'Ada');
      await ada.prints(/You are in cut/);
      const grace = startClient('cut', 'Grace', proxyUrl);
      await grace.prints(/You are in cut/);

      await expect.poll(() => proxy.polling, { timeout: WAIT_MS }).toBe(true);
      proxy.cut();
      await grace.prints(/There is no connection/);
      await ada.prints(/Grace is away\./);
      ada.type('You cannot hear this.');
      await ada.prints(/<Ada> You cannot hear this/);
      grace.type('Nor you this.');
      expect(grace.output).not.toContain('hear this');

      proxy.heal();
      await grace.prints(/<Ada> You cannot hear this/);
      await grace.prints(/You are connected again\./);
      await ada.prints(/Grace is back\.\n.*<Grace> Nor you this\./);
      expect(ada.output.match(/Grace joined/g)).toHaveLength(1);
      expect(ada.output).not.toContain('Grace is gone');
    },
    TEST_MS,
  );

  it(
    'repeats a request whose acknowledgement was lost, and it is done once',
    async () => {
      const [proxy, proxyUrl] = await startProxy();
      const ada = startClient('once', 'Ada');
      await ada.prints(/You are in once/);
      const grace = startClient('once', 'Grace', proxyUrl);
      await grace.prints(/You are in once/);

      proxy.swallowAnswers();
      grace.type('first');
      await ada.prints(/<Grace> first/);
      proxy.cut();
      await grace.prints(/There is no connection/);
      grace.type('second');
      proxy.heal(); // perhaps before the server has noticed: then the new connection takes over from the old
      await ada.prints(/<Grace> second/);
      await grace.prints(/<Grace> second/);
      expect(ada.output.match(/<Grace> first/g)).toHaveLength(1);
      expect(grace.output.match(/<Grace> first/g)).toHaveLength(1);
      expect(grace.output).not.toContain('did not work');
    },
    TEST_MS,
  );

  it(
    'joins anew when there is nothing to resume',
    async () => {
      const [proxy, proxyUrl] = await startProxy();
      const grace = startClient('anew', 'Grace', proxyUrl);
      await grace.prints(/You are in anew/);
      proxy.cut();
      await grace.prints(/There is no connection/);
      grace.type('typed while away');
      proxy.target = await startServer(); // knows nothing of the room
      proxy.heal();
      await grace.prints(/You were away for too long and join anew\.\nYou are in anew/);
      await grace.prints(/<Grace> typed while away/);
    },
    TEST_MS,
  );
});
