import type { Duplex } from 'node:stream';
import type { Socket } from 'socket.io';

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

  /** Call before writing to `socket`. */
  include(socket: Socket): void {
    const stream = streamOf(socket);
    if (stream === undefined || stream.writableCorked > 0) return;
    stream.cork();
    if (this.#corked.push(stream) === 1) process.nextTick(this.#flush);
  }
}

/** The TCP or TLS stream below a connection; none while it is polling. It changes when polling becomes a WebSocket. */
function streamOf({ conn }: Socket): Duplex | undefined {
  const transport = conn.transport as { readonly socket?: { readonly _socket?: Duplex | null } };
  return transport.socket?._socket ?? undefined;
}
