import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { KeyPair } from './issue.js';

/** A certificate and its key in one file, so that no reader ever sees the one without the other. */
export interface PemFile extends KeyPair {
  /** The line that explains the file, above the first block. */
  readonly heading: string;
}

const BLOCK = (label: string) => new RegExp(`-----BEGIN ${label}-----[\\s\\S]+?-----END ${label}-----`);

/** The file's content, or null when there is none or it is not what `writePemFile` wrote. */
export async function readPemFile(path: string): Promise<PemFile | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const cert = BLOCK('CERTIFICATE').exec(text)?.[0];
  const key = BLOCK('PRIVATE KEY').exec(text)?.[0];
  return cert === undefined || key === undefined ? null : { cert, key, heading: text.split('\n', 1)[0] ?? '' };
}

/**
 * Writes the file whole or not at all, readable by its owner only. With `exclusive` a file that another process wrote
 * in the meantime stays; returns whether ours is the one in place.
 */
export async function writePemFile(path: string, file: PemFile, exclusive: boolean): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${file.heading}\n${file.cert.trim()}\n${file.key.trim()}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (exclusive) await link(draft, path);
    else await rename(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
