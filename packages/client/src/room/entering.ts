import type { Clock } from '../clock.js';
import type { SignalLink } from '../link/index.js';
import { localError } from '../madang-error.js';

/**
 * Starts and resolves once `link` has joined. Refuses with the server's refusal, with `aborted` when `signal` says so
 * or the link is closed meanwhile, and with `not_connected` after `connectTimeoutMs`.
 */
export function entered(
  link: SignalLink,
  signal: AbortSignal | undefined,
  { clock, connectTimeoutMs }: { readonly clock: Clock; readonly connectTimeoutMs: number },
  start: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error): void => {
      clock.clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      for (const off of offs) off();
      if (error === undefined) resolve();
      else reject(error);
    };
    const abort = (): void => finish(localError('aborted'));
    const timer = clock.setTimeout(() => finish(localError('not_connected')), connectTimeoutMs);
    signal?.addEventListener('abort', abort);
    const offs = [
      link.on('joined', () => finish()),
      link.on('failed', finish),
      link.on('state', (state) => state.at === 'closed' && abort()),
    ];
    start();
  });
}
