import type { CandidateFact, Fact, FactBody, MediaState, Report, TrackSample } from '../src/index.js';

export const PEER = 'other';
export const SELF = 'me';
export const CALL_BEGINS_MS = 1_000;
/** When the connection of the healthy call stands. */
export const CONNECTED_MS = 1_400;

export const ALL_ON: MediaState = { microphone: 'on', camera: 'on', screen: 'off' };

export const host = (address: string): CandidateFact => ({ type: 'host', protocol: 'udp', address, port: 5_000 });
export const srflx = (address: string, url = 'stun:stun.example:3478'): CandidateFact => ({
  type: 'srflx',
  protocol: 'udp',
  address,
  port: 6_000,
  url,
});
export const relay = (address: string, url: string): CandidateFact => ({ ...srflx(address, url), type: 'relay' });

const SDP = ['v=0', 'm=audio 9 UDP/TLS/RTP/SAVPF 111', 'm=video 9 UDP/TLS/RTP/SAVPF 96', ''].join('\r\n');

/** Facts in the making: a call told step by step, so that a test says only what is different in it. */
export class CallStory {
  readonly #facts: Fact[] = [];

  at(atMs: number, ...bodies: readonly FactBody[]): this {
    for (const body of bodies) this.#facts.push({ ...body, atMs } as Fact);
    return this;
  }

  /** What holds of `is` never happened. */
  without(is: (fact: Fact) => boolean): this {
    const kept = this.#facts.filter((fact) => !is(fact));
    this.#facts.splice(0, this.#facts.length, ...kept);
    return this;
  }

  get facts(): readonly Fact[] {
    return this.#facts.toSorted((a, b) => a.atMs - b.atMs);
  }

  /** The page is opened, devices are got. */
  door(): this {
    const page = { secure: true, userAgent: 'test', hasDevices: true, hasConnections: true, wallStartMs: 0 };
    this.at(0, { type: 'page', ...page });
    for (const source of ['microphone', 'camera'] as const) {
      this.at(100, { type: 'media-asked', source, constraints: {} });
      this.at(400, { type: 'media-got', source, label: `The ${source}`, settings: {} });
    }
    return this;
  }

  /** The server is reached, and somebody is there. */
  joined(media: MediaState = ALL_ON): this {
    this.at(500, { type: 'signaling', state: 'connecting' });
    this.at(600, { type: 'signaling', state: 'open', transport: 'websocket' });
    this.at(CALL_BEGINS_MS, { type: 'signaling', state: 'joined', transport: 'websocket' });
    this.at(CALL_BEGINS_MS, { type: 'self', id: SELF, role: 'participant' });
    return this.member({ media }, CALL_BEGINS_MS);
  }

  member(change: Partial<Extract<FactBody, { type: 'member' }>>, atMs: number): this {
    const base = { id: PEER, name: 'Ann', role: 'host', media: ALL_ON, connected: true, dialect: 'madang' } as const;
    return this.at(atMs, { type: 'member', ...base, ...change });
  }

  opened(atMs = CALL_BEGINS_MS + 10): this {
    return this.at(atMs, { type: 'connection-opened', peer: PEER });
  }

  described(atMs = CALL_BEGINS_MS + 50, answer = SDP): this {
    this.at(atMs, { type: 'description', peer: PEER, direction: 'sent', kind: 'offer', sdp: SDP });
    return this.at(atMs + 80, { type: 'description', peer: PEER, direction: 'received', kind: 'answer', sdp: answer });
  }

  candidates(
    own: readonly CandidateFact[] = [host('192.168.1.7')],
    others: readonly CandidateFact[] = [host('192.168.1.9')],
    atMs = CALL_BEGINS_MS + 100,
  ): this {
    for (const candidate of own) this.at(atMs, { type: 'candidate', peer: PEER, direction: 'sent', candidate });
    for (const candidate of others) {
      this.at(atMs + 50, { type: 'candidate', peer: PEER, direction: 'received', candidate });
    }
    this.at(atMs + 60, { type: 'candidates-end', peer: PEER, direction: 'sent' });
    this.at(atMs + 60, { type: 'gathering', peer: PEER, state: 'complete' });
    return this.at(atMs + 90, { type: 'candidates-end', peer: PEER, direction: 'received' });
  }

  /** Pairs are tested, without an outcome. */
  checking(atMs = CALL_BEGINS_MS + 200): this {
    this.at(atMs, { type: 'ice', peer: PEER, state: 'checking' });
    return this.at(atMs, { type: 'connection', peer: PEER, state: 'connecting' });
  }

  failed(atMs: number): this {
    this.at(atMs, { type: 'ice', peer: PEER, state: 'failed' });
    return this.at(atMs, { type: 'connection', peer: PEER, state: 'failed' });
  }

  connected(atMs = CONNECTED_MS): this {
    this.at(atMs - 20, { type: 'ice', peer: PEER, state: 'connected' });
    this.at(atMs - 15, { type: 'dtls', peer: PEER, state: 'connecting' });
    this.at(atMs, { type: 'dtls', peer: PEER, state: 'connected' });
    this.at(atMs, { type: 'connection', peer: PEER, state: 'connected' });
    const path = {
      kind: 'host',
      localType: 'host',
      remoteType: 'host',
      protocol: 'udp',
      family: 'ipv4',
      local: '192.168.1.7:5000',
      remote: '192.168.1.9:5000',
    } as const;
    return this.at(atMs + 10, { type: 'path', peer: PEER, path });
  }

  /** Samples once a second; `change` may bend each track, or leave it out. */
  flows(
    untilMs: number,
    change: (track: TrackSample, atMs: number) => TrackSample | undefined = (track) => track,
    more: { readonly roundTripMs?: number; readonly outgoingBps?: number } = {},
    fromMs = CONNECTED_MS + 300,
  ): this {
    for (let atMs = fromMs; atMs <= untilMs; atMs += 1_000) {
      const ticks = Math.round((atMs - fromMs) / 1_000) + 1;
      const tracks = tracksAt(ticks).flatMap((track) => change(track, atMs) ?? []);
      this.at(atMs, { type: 'sample', peer: PEER, sample: { roundTripMs: 20, outgoingBps: 2e6, ...more, tracks } });
    }
    return this;
  }

  /** First packets and frames, and elements that play. */
  shown(atMs = CONNECTED_MS + 200): this {
    for (const source of ['microphone', 'camera'] as const) {
      for (const what of ['packet-sent', 'frame-sent', 'packet-received', 'frame-decoded'] as const) {
        this.at(atMs, { type: 'first', peer: PEER, what, source });
      }
      this.at(atMs + 20, { type: 'playback', peer: PEER, source, state: 'playing' });
      this.at(atMs + 30, { type: 'first', peer: PEER, what: 'frame-rendered', source });
    }
    return this;
  }

  report(
    atMs: number,
    change: Partial<Report['own']>,
    sends: Partial<Report['peers'][number]['sends']> = {},
    refuses = false,
  ): this {
    const report: Report = {
      own: { microphone: 'live', camera: 'live', screen: 'off', ...change },
      peers: [
        {
          member: SELF,
          sends: { microphone: 'sending', camera: 'sending', screen: 'off', ...sends },
          receives: { microphone: 'played', camera: 'played', screen: 'off' },
          ...(refuses ? { refuses } : {}),
        },
      ],
    };
    return this.at(atMs, { type: 'report', from: PEER, report });
  }
}

/** A call in which all goes well, until `untilMs`. */
export function healthyCall(untilMs: number): CallStory {
  return new CallStory()
    .door()
    .joined()
    .opened()
    .described()
    .candidates()
    .checking()
    .connected()
    .shown()
    .flows(untilMs)
    .report(CONNECTED_MS + 1_000, {});
}

/** Up to where pairs are tested. */
export function checkingCall(own?: readonly CandidateFact[], others?: readonly CandidateFact[]): CallStory {
  return new CallStory().door().joined().opened().described().candidates(own, others).checking();
}

/** A call that stands, before anything flows. */
export function connectedCall(): CallStory {
  return checkingCall().connected().shown();
}

function tracksAt(ticks: number): TrackSample[] {
  const both = { packets: ticks * 50, loss: 0, jitterMs: 3, bps: 32_000 };
  const video = { frames: ticks * 30, framesPerSecond: 30, width: 1280, height: 720, codec: 'VP8' };
  return [
    { direction: 'sent', kind: 'audio', source: 'microphone', audioLevel: 0.1, ...both },
    { direction: 'sent', kind: 'video', source: 'camera', capturedPerSecond: 30, limitedBy: 'none', ...both, ...video },
    { direction: 'received', kind: 'audio', source: 'microphone', audioLevel: 0.1, ...both },
    { direction: 'received', kind: 'video', source: 'camera', ...both, ...video },
  ];
}
