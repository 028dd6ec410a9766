import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@madang/testkit';
import { openWire, TurnClient } from '../src/turn-client/index.js';
import { HOSTS, newCertificate } from './turn-rig.js';

export function hasCoturn(): boolean {
  try {
    execFileSync('turnserver', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

const WAITS_MS = 20_000;

/** Debian's coturn on loopback, in both families. */
export class Coturn {
  readonly port: number;
  /** 0 without TLS. */
  readonly tlsPort: number;
  #output = '';
  readonly #child: ChildProcess;
  readonly #directory: string;

  private constructor(child: ChildProcess, directory: string, port: number, tlsPort: number) {
    this.#child = child;
    this.#directory = directory;
    this.port = port;
    this.tlsPort = tlsPort;
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (this.#output += text));
  }

  /** `args` say whom it knows. Its certificate for TLS is of the tests' authority. Resolves when it answers. */
  static async start(args: readonly string[], hasTls: boolean): Promise<Coturn> {
    const directory = mkdtempSync(join(tmpdir(), 'madang-coturn-'));
    const [port, tlsPort] = [await freePort(), hasTls ? await freePort() : 0];
    const all = [
      ...['-n', '--no-cli', '--no-dtls', '--fingerprint', '--realm', 'madang.test', '--log-file', 'stdout'],
      ...HOSTS.flatMap((host) => ['--listening-ip', host, '--relay-ip', host]),
      ...['--listening-port', String(port), '--pidfile', join(directory, 'pid'), '--userdb', join(directory, 'db')],
      ...(hasTls ? await tlsArgs(directory, tlsPort) : ['--no-tls']),
      ...args,
    ];
    const child = spawn('turnserver', all, { stdio: ['ignore', 'pipe', 'pipe'], cwd: directory });
    const coturn = new Coturn(child, directory, port, tlsPort);
    await coturn.#answers();
    return coturn;
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGKILL');
      await ended;
    }
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async #answers(): Promise<void> {
    for (const begunMs = Date.now(); ; ) {
      if (await answersAt(this.port)) return;
      if (this.#child.exitCode !== null) throw new Error(`coturn ended with ${this.#child.exitCode}:\n${this.#output}`);
      if (Date.now() - begunMs > WAITS_MS) throw new Error(`coturn does not answer:\n${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function tlsArgs(directory: string, port: number): Promise<string[]> {
  const { cert, key } = await newCertificate();
  const [certFile, keyFile] = [join(directory, 'cert.pem'), join(directory, 'key.pem')];
  writeFileSync(certFile, cert);
  writeFileSync(keyFile, key, { mode: 0o600 });
  return ['--tls-listening-port', String(port), '--cert', certFile, '--pkey', keyFile];
}

async function answersAt(port: number): Promise<boolean> {
  const wire = await openWire({ transport: 'udp', host: '127.0.0.1', address: '127.0.0.1', port });
  const client = new TurnClient(wire, { username: '', password: '' });
  try {
    return (await client.binding()).kind === 'success';
  } catch {
    return false;
  } finally {
    client.close();
  }
}
