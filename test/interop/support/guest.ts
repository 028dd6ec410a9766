import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { until } from '../../e2e/support/until.js';

/** What a viewer counted. Frames are decoded ones, or where a stack has no decoders, those that ended with a marker. */
export interface Saw {
  readonly stack: string;
  readonly frames: number;
  /** Of the picture, where it was decoded. */
  readonly height?: number;
  /** Packets or decoded pieces of sound. */
  readonly sound: number;
  readonly bytes?: number;
}

/** A program of `foreign/` as it runs: it prints one line of JSON, and ends when told to. */
export class Guest {
  readonly #child: ChildProcess;
  #out = '';
  #complaint = '';

  constructor([program, ...args]: readonly string[]) {
    this.#child = spawn(program!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child.stdout!.on('data', (data) => (this.#out += data));
    this.#child.stderr!.on('data', (data) => (this.#complaint += data));
    this.#child.on('error', (error) => (this.#complaint += error.message));
  }

  /** Its line of JSON. Throws with all that it printed where it ends without. */
  async says<T>(): Promise<T> {
    const line = () =>
      this.#out
        .split('\n')
        .slice(0, -1)
        .find((text) => text.startsWith('{'));
    const text = await until('the foreign program to say something', () => line() ?? this.#ended(), Boolean, 60_000);
    if (text.startsWith('{')) return JSON.parse(text) as T;
    throw new Error(`${this.#child.spawnargs.join(' ')}: ${text}\n${this.#out}\n${this.#complaint}`);
  }

  /** Told to end, if it has not, and waited for. Throws where it did not end well. */
  async end(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
    if (this.#child.exitCode !== 0) throw new Error(`it ended with ${this.#ended()}\n${this.#complaint}`);
  }

  /** It ends by itself, after it has spoken. */
  async ended(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    await this.end();
  }

  #ended(): string {
    const { exitCode, signalCode } = this.#child;
    return exitCode === null && signalCode === null ? '' : `ended with ${exitCode ?? signalCode}`;
  }
}
