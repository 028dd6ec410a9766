import type { Duplex } from 'node:stream';
import type { Socket as EngineSocket } from 'engine.io';

/**
 * Gathers what goes to the same WebSocket before Node turns to something else, and hands it to the kernel at once: a
 * system call for each message is nearly half of what a relayed message costs.
 */
export class WriteBatch {
  #corked: Duplex[] = [];
  readonly #flush = () => {
    const corked = this.#corked;
    this.#corked = [];
    for (const stream of corked) stream.uncork();
  };

  /** Call before engine.io writes to `connection`. */
  include(connection: EngineSocket): void {
    const stream = streamOf(connection);
    if (stream === undefined || stream.writableCorked > 0) return;
    stream.cork();
    if (this.#corked.push(stream) === 1) process.nextTick(this.#flush);
  }
}

/** The TCP or TLS stream below a connection; none while it is polling. It changes when polling becomes a WebSocket. */
function streamOf(connection: EngineSocket): Duplex | undefined {
  const transport = connection.transport as { readonly socket?: { readonly _socket?: Duplex | null } };
  return transport.socket?._socket ?? undefined;
}
