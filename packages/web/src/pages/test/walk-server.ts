import { wait } from './device-checks.js';
import { causeOf, kindOf, type ServerError, type ServerWalk, transportOf } from './server-walk.js';

/** A server as the browser takes it, with one URL. */
export interface OneServer {
  readonly url: string;
  readonly username?: string | undefined;
  readonly credential?: string | undefined;
}

const GATHERS_MS = 10_000;
const CONNECTS_MS = 8_000;
const ECHOES = 5;

/** Tries one URL alone: a STUN server is asked for our address, a TURN server for relays that then talk to each other. */
export async function walkServer(server: OneServer): Promise<ServerWalk> {
  const { url } = server;
  const seen = { url, kind: kindOf(url), transport: transportOf(url) };
  try {
    return { ...seen, end: seen.kind === 'turn' ? await walkTurn(server) : await walkStun(server) };
  } catch {
    // The browser itself does not take the URL.
    const step = seen.kind === 'turn' ? 'relay' : 'answer';
    return { ...seen, end: { state: 'failed', step, cause: 'bad-url', code: 0 } };
  }
}

async function walkStun(server: OneServer): Promise<ServerWalk['end']> {
  const ear = new Gathering(server, 'all');
  try {
    ear.pc.createDataChannel('echo');
    await ear.begin();
    const foundMs = await ear.first('srflx', GATHERS_MS);
    // An address that looks the same from outside is not told twice: only an error means a failure.
    if (foundMs !== null || (ear.errors.length === 0 && ear.pc.iceGatheringState === 'complete')) {
      return { state: 'works', gatheredMs: foundMs ?? ear.lastedMs() };
    }
    return { state: 'failed', step: 'answer', ...causeOf(ear.errors) };
  } finally {
    ear.pc.close();
  }
}

async function walkTurn(server: OneServer): Promise<ServerWalk['end']> {
  const [near, far] = [new Gathering(server, 'relay'), new Gathering(server, 'relay')];
  try {
    near.handTo(far);
    far.handTo(near);
    const channel = near.pc.createDataChannel('echo');
    far.pc.ondatachannel = ({ channel: other }) => {
      other.onmessage = ({ data }) => other.send(data);
    };
    await near.begin();
    const gatheredMs = await near.first('relay', GATHERS_MS);
    if (gatheredMs === null) return { state: 'failed', step: 'relay', ...causeOf(near.errors) };
    await far.pc.setRemoteDescription(near.pc.localDescription!);
    await far.begin();
    await near.pc.setRemoteDescription(far.pc.localDescription!);
    const opened = await isOpen(channel);
    // Each of the two has asked for a relay: the second may be one too many.
    if (!opened && far.found.length === 0) return { state: 'failed', step: 'relay', ...causeOf(far.errors) };
    if (!opened) return { state: 'failed', step: 'echo', cause: 'no-echo', code: 0 };
    const echoMs = await echo(channel);
    if (echoMs === null) return { state: 'failed', step: 'echo', cause: 'no-echo', code: 0 };
    return { state: 'works', gatheredMs, echoMs };
  } finally {
    near.pc.close();
    far.pc.close();
  }
}

/** A connection that knows one server, and what that gave. */
class Gathering {
  readonly pc: RTCPeerConnection;
  readonly errors: ServerError[] = [];
  readonly found: RTCIceCandidate[] = [];
  #begunMs = 0;
  #other: RTCPeerConnection | undefined;
  #early: RTCIceCandidate[] = [];

  constructor({ url, username, credential }: OneServer, iceTransportPolicy: RTCIceTransportPolicy) {
    const login = username === undefined || credential === undefined ? {} : { username, credential };
    this.pc = new RTCPeerConnection({ iceServers: [{ urls: url, ...login }], iceTransportPolicy });
    this.pc.onicecandidateerror = ({ errorCode }) => this.errors.push({ code: errorCode });
    this.pc.addEventListener('icecandidate', ({ candidate }) => {
      if (!candidate?.candidate) return;
      this.found.push(candidate);
      this.#early.push(candidate);
      this.#hand();
    });
    this.pc.addEventListener('signalingstatechange', () => this.#hand());
  }

  handTo({ pc }: Gathering): void {
    this.#other = pc;
    pc.addEventListener('signalingstatechange', () => this.#hand());
  }

  async begin(): Promise<void> {
    this.#begunMs = performance.now();
    await this.pc.setLocalDescription();
  }

  lastedMs(): number {
    return performance.now() - this.#begunMs;
  }

  /** How long the first candidate of a kind took; null when none came before the end of gathering. */
  first(type: RTCIceCandidateType, withinMs: number): Promise<number | null> {
    const found = new Promise<number | null>((resolve) => {
      const look = () => {
        if (this.found.some((candidate) => candidate.type === type)) resolve(this.lastedMs());
        else if (this.pc.iceGatheringState === 'complete') resolve(null);
      };
      this.pc.addEventListener('icecandidate', look);
      this.pc.addEventListener('icegatheringstatechange', look);
      look();
    });
    return Promise.race([found, wait(withinMs).then(() => null)]);
  }

  /** A candidate can be given only to one who has our description. */
  #hand(): void {
    if (this.#other?.remoteDescription == null) return;
    for (const candidate of this.#early.splice(0)) this.#other.addIceCandidate(candidate).catch(() => {});
  }
}

function isOpen(channel: RTCDataChannel): Promise<boolean> {
  const opened = new Promise<boolean>((resolve) => {
    channel.onopen = () => resolve(true);
    if (channel.readyState === 'open') resolve(true);
  });
  return Promise.race([opened, wait(CONNECTS_MS).then(() => false)]);
}

/** The middle one of some round trips; null when one does not come back. */
async function echo(channel: RTCDataChannel): Promise<number | null> {
  const tookMs: number[] = [];
  while (tookMs.length < ECHOES) {
    const begunMs = performance.now();
    const back = new Promise<boolean>((resolve) => {
      channel.onmessage = () => resolve(true);
    });
    channel.send(String(tookMs.length));
    if (!(await Promise.race([back, wait(CONNECTS_MS).then(() => false)]))) return null;
    tookMs.push(performance.now() - begunMs);
  }
  return tookMs.sort((a, b) => a - b)[Math.floor(ECHOES / 2)]!;
}
