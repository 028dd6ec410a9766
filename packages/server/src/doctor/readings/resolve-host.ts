import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { PATIENCE_MS } from '../../turn-client/index.js';

/** The first address of each family that a name has, as the system resolves it; none when it has none in time. */
export async function resolveHost(host: string): Promise<readonly string[]> {
  if (isIP(host)) return [host];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE_MS);
  });
  const found = await Promise.race([lookup(host, { all: true }).catch(() => []), late]);
  clearTimeout(timer);
  const firsts = new Map<number, string>();
  for (const { family, address } of found) if (!firsts.has(family)) firsts.set(family, address);
  return [...firsts.values()];
}
