import type { VirtualTime } from '@madang/testkit';
import { PageChannel } from './page-channel.js';

const LATENCY_MS = 5;

/** One end of a data channel, as the page sees it. */
class Channel extends PageChannel {
  other: Channel | undefined;
  readonly protocol: string;
  readonly #later: (run: () => void) => void;

  /** `later`: runs what the other end hears of. */
  constructor(label: string, protocol: string, later: (run: () => void) => void) {
    super(label);
    this.protocol = protocol;
    this.#later = later;
  }

  send(data: string | Uint8Array): void {
    this.mustBeOpen();
    const copy = typeof data === 'string' ? data : data.slice().buffer;
    this.#later(() => this.other?.readyState === 'open' && this.other.onmessage?.({ data: copy }));
  }

  override close(): void {
    if (this.readyState === 'closed') return;
    super.close();
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
    time.after(LATENCY_MS, () => own.open());
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
