import type { Listener } from '../http/index.js';
import { askHealth } from './ask-health.js';

const PATIENCE_MS = 20_000;

/** Asks a listener for its own `/healthz`. Rejects when it does not answer 200. */
export function checkListener({ scheme, address, port }: Listener, basePath: string): Promise<void> {
  const host = address === '::' ? '::1' : address === '0.0.0.0' ? '127.0.0.1' : address;
  return askHealth(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}${basePath}`, PATIENCE_MS);
}
