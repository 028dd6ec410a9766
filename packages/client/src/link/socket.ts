import type { RoomEvent } from '@madang/protocol';

export type Transport = 'websocket' | 'polling';

/** What the link needs of a socket.io client socket. */
export interface SignalSocket {
  readonly connected: boolean;
  /** What lies under it; a stand-in has none. */
  readonly io?: {
    readonly engine?: {
      readonly transport?: { readonly name?: string };
      on?(event: 'upgrade', listener: () => void): unknown;
    };
  };
  connect(): unknown;
  disconnect(): unknown;
  on(event: 'connect' | 'disconnect' | 'replaced', listener: () => void): unknown;
  on(event: 'connect_error', listener: (error: unknown) => void): unknown;
  on(event: 'event', listener: (event: RoomEvent) => void): unknown;
  emit(name: string, payload: unknown, acknowledge?: (reply: unknown) => void): unknown;
}

export interface SocketOptions {
  readonly path: string;
  readonly transports: Transport[];
  readonly tryAllTransports: boolean;
  readonly autoConnect: boolean;
  readonly reconnection: boolean;
  readonly forceNew: boolean;
  /** Milliseconds until an attempt to connect counts as failed. */
  readonly timeout: number;
}

/** `io` of socket.io-client, or a stand-in. */
export type OpenSocket = (origin: string, options: SocketOptions) => SignalSocket;

/** WebSocket at once; polling only where a WebSocket can't be had. When to try again is the link's to decide. */
export function socketOptions(path: string): SocketOptions {
  return {
    path,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    timeout: 8_000,
  };
}

export function transportOf(socket: SignalSocket): Transport | undefined {
  const name = socket.io?.engine?.transport?.name;
  return name === 'websocket' || name === 'polling' ? name : undefined;
}
