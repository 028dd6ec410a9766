import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What answers some paths itself, below the HTTP application: an adapter with its own protocol. */
export interface Door {
  /** Whether requests for `path` (without the query) are its own. */
  handles(path: string): boolean;
  handleRequest(request: IncomingMessage, response: ServerResponse): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}
