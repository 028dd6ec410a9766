import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import type { DiskReading } from '../checks/disk.js';

/** The data directory, or the nearest one above it where it would be made. Writes nothing. */
export async function readDisk(directory: string): Promise<DiskReading> {
  const existing = await nearestExisting(directory);
  const unwritable = await whyUnwritable(existing).catch((error: NodeJS.ErrnoException) => error.code ?? 'EIO');
  const space = await statfs(existing).catch(() => undefined);
  return {
    directory,
    unwritable,
    freeBytes: space === undefined ? 0 : space.bavail * space.bsize,
    freeFiles: space === undefined || space.files === 0 ? undefined : space.ffree,
    user: userName(),
  };
}

/** The right is asked for, not tried: a trial would leave something behind. */
async function whyUnwritable(directory: string): Promise<string | undefined> {
  if (!(await stat(directory)).isDirectory()) return 'ENOTDIR';
  await access(directory, constants.W_OK | constants.X_OK);
  return undefined;
}

async function nearestExisting(path: string): Promise<string> {
  const there = await stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  const above = dirname(path);
  return there || above === path ? path : nearestExisting(above);
}

/** A container may run as a user without a name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '?');
  }
}
