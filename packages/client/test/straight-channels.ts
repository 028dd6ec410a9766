import type { VirtualTime } from '@madang/testkit';

const LATENCY_MS = 5;

/** One end of a data channel, as the page sees it. */
class Channel {
  binaryType = '';
  readonly ordered = true;
  readonly bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readyState = 'connecting';
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onbufferedamountlow: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  other: Channel | undefined;
  readonly label: string;
  readonly protocol: string;
  readonly #later: (run: () => void) => void;

  /** `later`: runs what the other end hears of. */
  constructor(label: string, protocol: string, later: (run: () => void) => void) {
    this.label = label;
    this.protocol = protocol;
    this.#later = later;
  }

  send(data: string | Uint8Array): void {
    if (this.readyState !== 'open') throw new DOMException('not open', 'InvalidStateError');
    const copy = typeof data === 'string' ? data : data.slice().buffer;
    this.#later(() => this.other?.readyState === 'open' && this.other.onmessage?.({ data: copy }));
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.#later(() => {
      if (this.other === undefined || this.other.readyState === 'closed') return;
      this.other.readyState = 'closed';
      this.other.onclose?.();
    });
  }
}

interface Connection {
  readonly connectionState: 'connected';
  readonly sctp: { readonly maxMessageSize: number };
  ondatachannel: ((event: { channel: Channel }) => void) | null;
  createDataChannel(label: string, options: { protocol: string }): Channel;
}

/**
 * Two ends of a direct connection. The first opens its channels and may use them at once; whatever the second hears of
 * reaches it `lagMs` late, as a page does that is busy.
 */
export function straightChannels(time: VirtualTime, lagMs: number): readonly [RTCPeerConnection, RTCPeerConnection] {
  const toSecond = (run: () => void): void => void time.after(LATENCY_MS + lagMs, run);
  const toFirst = (run: () => void): void => void time.after(LATENCY_MS, run);
  const second: Connection = end(() => {
    throw new Error('the first opens the channels');
  });
  const first: Connection = end((label, { protocol }) => {
    const own = new Channel(label, protocol, toSecond);
    const theirs = new Channel(label, protocol, toFirst);
    own.other = theirs;
    theirs.other = own;
    time.after(LATENCY_MS, () => {
      own.readyState = 'open';
      own.onopen?.();
    });
    toSecond(() => {
      theirs.readyState = 'open';
      second.ondatachannel?.({ channel: theirs });
    });
    return own;
  });
  return [first, second] as unknown as readonly [RTCPeerConnection, RTCPeerConnection];
}

function end(createDataChannel: Connection['createDataChannel']): Connection {
  return { connectionState: 'connected', sctp: { maxMessageSize: 262_144 }, ondatachannel: null, createDataChannel };
}
