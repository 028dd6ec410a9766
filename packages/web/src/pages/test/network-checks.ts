import { LocalMedia, MadangError, Room } from '@madang/client';
import { wait } from './device-checks.js';
import { type CandidateFacts, judgeSignaling } from './judge.js';
import { type Verdict, verdict } from './verdict.js';

type IceServers = Awaited<ReturnType<Room['iceServers']>>;

const GIVES_UP_MS = 8_000;
const ROUND_TRIPS = 5;

export interface SignalingOutcome {
  readonly verdict: Verdict;
  /** What the server names; null when it could not be asked. */
  readonly iceServers: IceServers | null;
}

/** Joins a room that nobody else is in, as one who only watches, asks the server some questions, and leaves. */
export async function checkSignaling(): Promise<SignalingOutcome> {
  const room = new Room({ media: new LocalMedia(), connectTimeoutMs: GIVES_UP_MS, storage: NO_STORAGE });
  try {
    await room.connect({ room: `test-${crypto.randomUUID().slice(0, 13)}`, name: 'Test', role: 'viewer' });
    const roundTripsMs: number[] = [];
    let iceServers: IceServers = [];
    while (roundTripsMs.length < ROUND_TRIPS) {
      const begun = performance.now();
      iceServers = await room.iceServers();
      roundTripsMs.push(performance.now() - begun);
    }
    const transport = room.record.facts.findLast((fact) => fact.type === 'signaling' && fact.transport !== undefined);
    return {
      verdict: judgeSignaling({
        transport: transport?.type === 'signaling' ? transport.transport : undefined,
        roundTripsMs,
      }),
      iceServers,
    };
  } catch (error) {
    const code = error instanceof MadangError ? error.code : 'internal';
    return { verdict: verdict('failed', 'signaling-failed', { code }), iceServers: null };
  } finally {
    await room.leave().catch(() => {});
  }
}

/** A test leaves no place behind for the next page. */
const NO_STORAGE = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/** Lets the browser gather candidates as for a call, and counts them. No address is kept. */
export async function gatherCandidates(iceServers: IceServers): Promise<CandidateFacts> {
  const pc = new RTCPeerConnection({ iceServers: iceServers.map((server) => ({ ...server })) as RTCIceServer[] });
  const found: RTCIceCandidate[] = [];
  const errors: { readonly url: string; readonly code: number }[] = [];
  pc.onicecandidate = ({ candidate }) => {
    if (candidate?.candidate) found.push(candidate);
  };
  pc.onicecandidateerror = ({ url, errorCode }) => errors.push({ url: url ?? '', code: errorCode });
  try {
    const done = new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => {
        if (pc.iceGatheringState === 'complete') resolve();
      };
    });
    pc.createDataChannel('test');
    await pc.setLocalDescription();
    await Promise.race([done, wait(GIVES_UP_MS)]);
    return countCandidates(found, errors, iceServers);
  } finally {
    pc.close();
  }
}

function countCandidates(
  found: readonly RTCIceCandidate[],
  errors: readonly { readonly url: string; readonly code: number }[],
  iceServers: IceServers,
): CandidateFacts {
  const urls = iceServers.flatMap((server) => server.urls);
  const isTurn = (url: string) => /^turns?:/.test(url);
  const count = (type: string, protocol: string) =>
    found.filter((candidate) => candidate.type === type && candidate.protocol === protocol).length;
  return {
    hostUdp: count('host', 'udp'),
    hostTcp: count('host', 'tcp'),
    reflexive: count('srflx', 'udp'),
    relays: found
      .filter(({ type }) => type === 'relay')
      .map(
        (candidate) => (candidate as { relayProtocol?: string | null }).relayProtocol ?? candidate.protocol ?? 'udp',
      ),
    hasStun: urls.length > 0,
    hasTurn: urls.some(isTurn),
    stunErrors: errors.filter(({ url }) => !isTurn(url)).map(({ code }) => code),
    turnErrors: errors.filter(({ url }) => isTurn(url)).map(({ code }) => code),
  };
}
