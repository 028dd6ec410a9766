import { isIP } from 'node:net';

interface Datagram {
  readonly fromIp: string;
  readonly fromPort: number;
  readonly toIp: string;
  readonly toPort: number;
  readonly bytes: Uint8Array;
}

/** Hears what comes to one bound address. */
export interface FakeUdpReceiver {
  receive(bytes: Uint8Array, fromIp: string, fromPort: number): void;
  /** Everything of this round has been received. */
  endRound?(): void;
}

const OWN_IPS = ['127.0.0.1', '::1'];
const FIRST_FREE_PORT = 49_152;

/** UDP between fakes of one test: in order, without loss, and only when it is told to deliver. */
export class FakeUdpNetwork {
  readonly #receivers = new Map<string, FakeUdpReceiver>();
  #inFlight: Datagram[] = [];
  readonly #woken = new Set<() => void>();
  #nextPort = FIRST_FREE_PORT;
  #secrets = 0;

  /** Binds a port, a free one for 0, and gives its number; or the system's name for why it is refused. */
  bind(ip: string, port: number, receiver: FakeUdpReceiver): number | 'EINVAL' | 'EADDRNOTAVAIL' | 'EADDRINUSE' {
    if (isIP(ip) === 0) return 'EINVAL';
    if (!OWN_IPS.includes(ip)) return 'EADDRNOTAVAIL';
    const bound = port === 0 ? this.#nextPort++ : port;
    if (this.#receivers.has(`${ip} ${bound}`)) return 'EADDRINUSE';
    this.#receivers.set(`${ip} ${bound}`, receiver);
    return bound;
  }

  unbind(ip: string, port: number): void {
    this.#receivers.delete(`${ip} ${port}`);
  }

  /** Takes a copy along. */
  send(bytes: Uint8Array, fromIp: string, fromPort: number, toIp: string, toPort: number): void {
    this.#inFlight.push({ bytes: Uint8Array.from(bytes), fromIp, fromPort, toIp, toPort });
  }

  /** Has `run` called at the end of the next round, though nothing may come. */
  wake(run: () => void): void {
    this.#woken.add(run);
  }

  /** Delivers what is under way; what is sent meanwhile waits for the next round. Returns whether there was anything. */
  deliver(): boolean {
    const round = this.#inFlight;
    this.#inFlight = [];
    const reached = new Set<FakeUdpReceiver>();
    for (const { bytes, fromIp, fromPort, toIp, toPort } of round) {
      const receiver = this.#receivers.get(`${toIp} ${toPort}`);
      if (receiver === undefined) continue;
      receiver.receive(bytes, fromIp, fromPort);
      reached.add(receiver);
    }
    for (const receiver of reached) receiver.endRound?.();
    const woken = [...this.#woken];
    this.#woken.clear();
    for (const run of woken) run();
    return round.length + woken.length > 0;
  }

  /** 32 bytes that nobody else in this network has. */
  secret(): Uint8Array {
    this.#secrets++;
    return Uint8Array.from({ length: 32 }, (_, ix) => (this.#secrets * 37 + ix * 11) & 0xff);
  }
}
