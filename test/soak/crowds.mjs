import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(import.meta.dirname, 'crowd.mjs');
const AT_ONCE = 2;

/** Guests in processes of their own, at a lower priority than the server they come to. */
export class Crowds {
  #options;
  #running = [];
  #started = 0;
  #past = { came: 0, failed: 0 };
  /** What guests complained of. */
  complaints = [];

  /** `rate`: how many guests come a second, in all; `lives`: which ones, all without. */
  constructor({ url, rate, lives }) {
    this.#options = { url, rate, lives };
    for (let ix = 0; ix < AT_ONCE; ix++) this.#begin();
  }

  /** How many came so far, and how many of them met what they should not. */
  get counts() {
    const sum = { ...this.#past };
    for (const { counts } of this.#running) {
      sum.came += counts.came;
      sum.failed += counts.failed;
    }
    return sum;
  }

  /** The longest there goes without a word, as if its machine had lost power, and another comes. */
  async replaceOne() {
    await this.#end(this.#running[0], 'SIGKILL');
    this.#begin();
  }

  /** All take leave. Resolves when they are gone. */
  async end() {
    await Promise.all(this.#running.map((each) => this.#end(each, 'SIGTERM')));
  }

  #begin() {
    const { url, rate, lives } = this.#options;
    const args = [PROGRAM, url, String(rate / AT_ONCE), `${process.pid}-${this.#started++}`];
    const child = spawn('nice', ['-n', '10', process.execPath, ...args, ...(lives === undefined ? [] : [lives])], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const each = { child, counts: { came: 0, failed: 0 } };
    createInterface({ input: child.stdout }).on('line', (line) => Object.assign(each.counts, JSON.parse(line)));
    createInterface({ input: child.stderr }).on('line', (line) => this.complaints.push(line));
    this.#running.push(each);
  }

  async #end(each, signal) {
    const { child, counts } = each;
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'close');
      child.kill(signal);
      await ended;
    }
    this.#running = this.#running.filter((other) => other !== each);
    this.#past.came += counts.came;
    this.#past.failed += counts.failed;
  }
}
