import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inCheckout } from './checkout.js';
import { until } from './until.js';

export interface MadangServerOptions {
  /** With HTTPS on a free port too; without, HTTP only. */
  readonly https?: boolean;
  /** With STUN and TURN on free ports too; without, none. */
  readonly turn?: boolean;
  /** With a media thread on a free port too; without, none. */
  readonly media?: boolean;
  readonly flags?: readonly string[];
  /** Its media threads can be killed by `killThread`. */
  readonly mortal?: boolean;
  /** A command that runs the one after it somewhere else, and the address to listen on there. */
  readonly elsewhere?: { readonly entrance: readonly string[]; readonly address: string };
}

/** A real server in a process of its own, on free ports of loopback, with a data folder that goes when it closes. */
export class MadangServer {
  /** All that it printed, for a failure's record. */
  output = '';
  httpPort = 0;
  httpsPort = 0;
  turnPort = 0;
  turnsPort = 0;
  mediaPort = 0;
  /** Of each media thread. */
  mediaPorts: readonly number[] = [];
  private child: ChildProcess | null = null;

  readonly dataDir: string;
  private readonly options: MadangServerOptions;

  private constructor(dataDir: string, options: MadangServerOptions) {
    this.dataDir = dataDir;
    this.options = options;
  }

  static async start(options: MadangServerOptions = {}): Promise<MadangServer> {
    const server = new MadangServer(mkdtempSync(join(tmpdir(), 'madang-e2e-')), options);
    await server.up();
    return server;
  }

  /** `http://127.0.0.1:PORT`, or elsewhere the address there. */
  get address(): string {
    return `http://${this.host}:${this.httpPort}`;
  }

  /** Starts the process; a second time on the ports of the first. Resolves once it prints that it is ready. */
  async up(): Promise<void> {
    const entrance = this.options.elsewhere?.entrance ?? [];
    const killer = this.options.mortal ? ['--import', inCheckout('test/e2e/support/thread-killer.mjs')] : [];
    const main = inCheckout('packages/cli/dist/main.js');
    const start = [process.execPath, ...killer, main, 'start', ...this.flags()];
    const [command, ...args] = [...entrance, ...start];
    const child = spawn(command!, args, {
      stdio: ['ignore', 'pipe', 'pipe', ...(this.options.mortal ? (['ipc'] as const) : [])],
      env: { ...process.env, NO_COLOR: '1' },
    });
    this.child = child;
    let started = '';
    child.stdout!.on('data', (data) => (started += data));
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (data) => (this.output += data));
    const ready = (text: string) => /^ready.*\n/m.test(text);
    await until(
      'the server to be ready or to end',
      () => started,
      (text) => ready(text) || child.exitCode !== null,
    );
    if (!ready(started)) throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`);
    const { httpPort, httpsPort, turnPort, turnsPort, mediaPorts } = JSON.parse(started.split('\n', 1)[0]!);
    this.httpPort = httpPort;
    this.httpsPort = httpsPort ?? 0;
    this.turnPort = turnPort ?? 0;
    this.mediaPorts = mediaPorts;
    this.mediaPort = mediaPorts[0] ?? 0;
    this.turnsPort = turnsPort ?? 0;
  }

  /** SIGTERM, as an operator stops it, then waits for the end. */
  async down(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGTERM'), 500);
    await ended;
    clearTimeout(patience);
  }

  /** The media thread at this port comes upon something it can't go on with. Needs `mortal`. */
  killThread(port: number): void {
    this.child!.send(port);
  }

  /** As when the machine loses power: no word to anyone. */
  async crash(): Promise<void> {
    const child = this.child;
    this.child = null;
    if (child === null || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.down();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The certificate of the authority that signed this server's, in PEM. */
  authority(): string {
    const kept = readFileSync(join(this.dataDir, 'tls', 'authority.pem'), 'utf8');
    const [certificate] = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/.exec(kept) ?? [];
    if (certificate === undefined) throw new Error('the server has made no authority');
    return certificate;
  }

  private get host(): string {
    return this.options.elsewhere?.address ?? '127.0.0.1';
  }

  private flags(): string[] {
    const https = this.options.https ? String(this.httpsPort) : 'off';
    const ports = ['--json', '--http-port', String(this.httpPort), '--https-port', https];
    const turn = this.options.turn ? [String(this.turnPort), String(this.turnsPort)] : ['off', 'off'];
    ports.push('--turn-port', turn[0]!, '--turns-port', turn[1]!);
    ports.push('--media-threads', '1', '--media-port', this.options.media ? String(this.mediaPort) : 'off');
    return [...ports, '--bind', this.host, '--data-dir', this.dataDir, ...(this.options.flags ?? [])];
  }
}
