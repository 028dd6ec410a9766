import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../until.js';
import type { Host } from './host.js';

/** Debian's coturn: a real STUN and TURN server on a host, which knows one user. */
export class Coturn {
  static readonly USER = 'madang';
  static readonly PASSWORD = 'courtyard';

  /** All that it printed. */
  output = '';
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #address: string;

  private constructor(child: ChildProcess, folder: string, address: string) {
    this.#child = child;
    this.#folder = folder;
    this.#address = address;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (this.output += data));
  }

  static async start(host: Host): Promise<Coturn> {
    const folder = mkdtempSync(join(tmpdir(), 'madang-coturn-'));
    const [command, ...args] = [...host.namespace.entrance, 'turnserver', '-n', '--log-file=stdout', '--no-cli'];
    const options = [
      `--listening-ip=${host.address}`,
      `--relay-ip=${host.address}`,
      '--listening-port=3478',
      '--no-tls',
      '--no-dtls',
      '--lt-cred-mech',
      '--realm=madang.test',
      `--user=${Coturn.USER}:${Coturn.PASSWORD}`,
      `--userdb=${join(folder, 'users')}`,
      `--pidfile=${join(folder, 'pid')}`,
    ];
    const child = spawn(command!, [...args, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
    const coturn = new Coturn(child, folder, host.address);
    await until(
      'coturn to listen',
      () => host.namespace.run('cat', '/proc/net/udp'),
      // 0D96 is 3478.
      (sockets) => sockets.includes(':0D96 ') || child.exitCode !== null,
    );
    if (child.exitCode !== null) throw new Error(`coturn ended with ${child.exitCode}:\n${coturn.output}`);
    return coturn;
  }

  get stunUrl(): string {
    return `stun:${this.#address}:3478`;
  }

  /** As the server's `--ice-server` takes it. */
  turnServer(password = Coturn.PASSWORD): string {
    const server = { urls: [`turn:${this.#address}:3478?transport=udp`], username: Coturn.USER, credential: password };
    return JSON.stringify([server]);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
