import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const turnSecretPath = (dataDir: string) => join(dataDir, 'turn-secret');

/**
 * The secret of this server's TURN credentials: the text of `<dataDir>/turn-secret`, made at the first call and readable by
 * its owner only. Whatever is in it may be given to a coturn as `static-auth-secret`. Rejects with the error of the system.
 */
export async function keptTurnSecret(dataDir: string): Promise<string> {
  const path = turnSecretPath(dataDir);
  const kept = await read(path);
  if (kept !== '') return kept;
  const made = randomBytes(32).toString('base64url');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${made}\n`, { mode: 0o600, flag: 'wx' });
  try {
    // Whole or not at all, and never in place of one that another process has just made.
    await link(draft, path);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const other = await read(path);
    if (other === '') throw Object.assign(new Error(`${path} is empty`), { code: 'EMPTY', syscall: 'read', path });
    return other;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Empty when there is none. */
async function read(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.trim();
}
