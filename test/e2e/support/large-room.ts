import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { inCheckout } from './checkout.js';

/** Many members who publish by WHIP from one process of their own, until they are closed. */
export class LargeRoom {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when `count` of them are connected. `picture`: a keyframe of VP8 in base64. */
  static async gather(url: string, count: number, picture: string): Promise<LargeRoom> {
    const program = inCheckout('test/e2e/support/large-room.mjs');
    const child = spawn(process.execPath, [program, url, String(count), picture], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit').then(([code]) => `ended with ${code}`);
    const said = await Promise.race([once(createInterface({ input: child.stdout }), 'line').then(String), ended]);
    if (said !== 'ready') throw new Error(`the members of a large room: ${said}`);
    return new LargeRoom(child);
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
}
