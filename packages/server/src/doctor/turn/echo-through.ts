import { randomBytes } from 'node:crypto';
import type { TransportAddress } from '@madang/engine';
import { hostText } from '../../media/index.js';
import { PATIENCE_MS, type TurnClient } from '../../turn-client/index.js';

/** A client with its relayed address. */
export interface RelayEnd {
  readonly client: TurnClient;
  readonly relay: TransportAddress;
}

export type Echo =
  | { readonly kind: 'heard'; readonly tookMs: number }
  | { readonly kind: 'lost'; readonly peer: string; readonly seconds: number };

/** Between relayed addresses datagrams may be lost like any others. */
const AGAIN_MS = 250;

/**
 * Sends from one relayed address to another, whose client sends it back. The time is that of the whole way there and back,
 * which passes the server four times.
 */
export function echoThrough(near: RelayEnd, far: RelayEnd): Promise<Echo> {
  const sent = new Map<string, number>();
  far.client.onData = (data) => far.client.sendTo(near.relay, data);
  return new Promise((resolve) => {
    const send = () => {
      const data = randomBytes(16);
      sent.set(data.toString('hex'), performance.now());
      near.client.sendTo(far.relay, data);
    };
    const end = (echo: Echo) => {
      clearInterval(again);
      clearTimeout(timer);
      resolve(echo);
    };
    const again = setInterval(send, AGAIN_MS);
    const timer = setTimeout(
      () => end({ kind: 'lost', peer: hostText(far.relay.host), seconds: PATIENCE_MS / 1_000 }),
      PATIENCE_MS,
    );
    near.client.onData = (data) => {
      const sentMs = sent.get(Buffer.from(data).toString('hex'));
      if (sentMs !== undefined) end({ kind: 'heard', tookMs: performance.now() - sentMs });
    };
    send();
  });
}
