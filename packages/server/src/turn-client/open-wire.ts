import { openTcp, secure, streamWire, type TlsWishes } from './stream-wire.js';
import { PATIENCE_MS } from './turn-client.js';
import { openUdpWire } from './udp-wire.js';
import type { Wire } from './wire.js';

/** Where a server is reached, and how. `host` is what the address belongs to: the name that its certificate is for. */
export interface WirePlace extends TlsWishes {
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly address: string;
  readonly port: number;
}

/** Rejects with what keeps the wire from coming about; `passed` tells what had come about until then. */
export async function openWire(
  place: WirePlace,
  passed: (step: 'tcp' | 'tls', tookMs: number) => void = () => {},
): Promise<Wire> {
  const { transport, address, port } = place;
  if (transport === 'udp') return openUdpWire(address, port);
  const begunMs = performance.now();
  const socket = await openTcp(address, port, PATIENCE_MS);
  const connectedMs = performance.now();
  passed('tcp', connectedMs - begunMs);
  if (transport === 'tcp') return streamWire(socket);
  const secured = await secure(socket, place, PATIENCE_MS);
  passed('tls', performance.now() - connectedMs);
  return streamWire(secured);
}
