import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const BLOCK_BYTES = 4 * 1_048_576;

/** Writes a file of `size` bytes that no compressor would make smaller and that is the same every time. */
export async function writeBigFile(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  const block = new Uint32Array(BLOCK_BYTES / 4);
  let state = 1;
  for (let written = 0; written < size; written += BLOCK_BYTES) {
    for (let ix = 0; ix < block.length; ix += 1) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      block[ix] = state;
    }
    await file.write(new Uint8Array(block.buffer, 0, Math.min(BLOCK_BYTES, size - written)));
  }
  await file.close();
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: BLOCK_BYTES })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
