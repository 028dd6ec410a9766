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
    const from = this.output.length;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (this.output += data));
    await until(
      'the server to be ready',
      () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
        return this.output.slice(from);
      },
      (text) => /^ready/m.test(text),
    ).catch((error) => {
      throw new Error(`${error.message}\n${this.output}`);
    });
    this.readPorts(this.output.slice(from));
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
    const ports = ['--http-port', String(this.httpPort), '--https-port', https];
    return [...ports, '--bind', '127.0.0.1', '--data-dir', this.dataDir, ...(this.options.flags ?? [])];
  }

  private readPorts(text: string): void {
    this.httpPort = Number(/http:\/\/[^\s/]+?:(\d+)/.exec(text)?.[1]);
    if (this.options.https) this.httpsPort = Number(/https:\/\/[^\s/]+?:(\d+)/.exec(text)?.[1]);
    if (Number.isNaN(this.httpPort) || Number.isNaN(this.httpsPort)) throw new Error(`no addresses in:\n${text}`);
  }
}
