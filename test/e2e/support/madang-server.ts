import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inCheckout } from './checkout.js';
import { until } from './until.js';

export interface MadangServerOptions {
  /** With HTTPS on a free port too; without, HTTP only. */
  readonly https?: boolean;
  readonly flags?: readonly string[];
}

/** A real server in a process of its own, on free ports of loopback, with a data folder that goes when it closes. */
export class MadangServer {
  /** All that it printed, for a failure's record. */
  output = '';
  httpPort = 0;
  httpsPort = 0;
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

  /** `http://127.0.0.1:PORT` */
  get address(): string {
    return `http://127.0.0.1:${this.httpPort}`;
  }

  /** Starts the process; a second time on the ports of the first. Resolves once it prints that it is ready. */
  async up(): Promise<void> {
    const child = spawn(process.execPath, [inCheckout('packages/cli/dist/main.js'), 'start', ...this.flags()], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1' },
    });
    this.child = child;
    let started = '';
    child.stdout.on('data', (data) => (started += data));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (this.output += data));
    const ready = (text: string) => /^ready.*\n/m.test(text);
    await until(
      'the server to be ready or to end',
      () => started,
      (text) => ready(text) || child.exitCode !== null,
    );
    if (!ready(started)) throw new Error(`the server ended with ${child.exitCode}:\n${this.output}`);
    const { httpPort, httpsPort } = JSON.parse(started.split('\n', 1)[0]!);
    this.httpPort = httpPort;
    this.httpsPort = httpsPort ?? 0;
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

  private flags(): string[] {
    const https = this.options.https ? String(this.httpsPort) : 'off';
    const ports = ['--json', '--http-port', String(this.httpPort), '--https-port', https];
    return [...ports, '--bind', '127.0.0.1', '--data-dir', this.dataDir, ...(this.options.flags ?? [])];
  }
}
