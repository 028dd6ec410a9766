import { readdir, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type StaticFile, staticFile } from './static-site.js';

/** The pages of the course, by their path with `/` in front. */
export interface Lessons {
  find(path: string): Promise<StaticFile | undefined>;
}

/** In a package the course lies beside the program, in a checkout among the examples. */
const ROOTS = ['../../lessons/', '../../../../examples/basicapp/'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const SERVED: ReadonlySet<string> = new Set(['.html', '.js', '.css', '.svg']);

interface Known {
  readonly path: string;
  /** Size and time of what was read; a file that differs is read anew. */
  stamp: string;
  file: StaticFile;
}

/**
 * Opens the course below the first of `roots` that is there. Which files there are is found once, at the first request,
 * so no path that somebody sends reaches the file system. Their content may change while the server runs: whoever
 * learns edits a line and reloads.
 */
export function openLessons(roots: readonly string[] = ROOTS): Lessons {
  let listed: Promise<ReadonlyMap<string, Known>> | undefined;
  return {
    async find(path) {
      listed ??= listFirst(roots);
      const known = (await listed).get(path);
      return known && (await current(known));
    },
  };
}

async function listFirst(roots: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  for (const root of roots) {
    const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    const served = paths.filter((path) => SERVED.has(extname(path)));
    if (served.length > 0) return new Map(served.map((path) => [urlPath(root, path), unread(path)]));
  }
  return new Map();
}

const urlPath = (root: string, path: string) => path.slice(root.replace(/[/\\]$/, '').length).replaceAll('\\', '/');
const unread = (path: string): Known => ({ path, stamp: '', file: staticFile(path) });

async function current(known: Known): Promise<StaticFile | undefined> {
  const found = await stat(known.path).catch(() => undefined);
  if (found === undefined) return undefined;
  const stamp = `${found.size} ${found.mtimeMs}`;
  if (known.stamp !== stamp) {
    known.stamp = stamp;
    known.file = staticFile(known.path);
  }
  return known.file;
}
