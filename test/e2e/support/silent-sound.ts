import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 48_000;
const SECONDS = 2;

/** A sound file (WAV, 16 bit) in which every sample is zero: what a switched-off microphone gives. */
export class SilentSound {
  readonly path: string;
  readonly #folder = mkdtempSync(join(tmpdir(), 'madang-silence-'));

  constructor() {
    const data = Buffer.alloc(RATE * SECONDS * 2);
    const head = Buffer.alloc(44);
    head.write('RIFF', 0);
    head.writeUInt32LE(36 + data.length, 4);
    head.write('WAVEfmt ', 8);
    head.writeUInt32LE(16, 16);
    head.writeUInt16LE(1, 20);
    head.writeUInt16LE(1, 22);
    head.writeUInt32LE(RATE, 24);
    head.writeUInt32LE(RATE * 2, 28);
    head.writeUInt16LE(2, 32);
    head.writeUInt16LE(16, 34);
    head.write('data', 36);
    head.writeUInt32LE(data.length, 40);
    this.path = join(this.#folder, 'silence.wav');
    writeFileSync(this.path, Buffer.concat([head, data]));
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
