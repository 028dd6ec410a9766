import { LocalMedia, MadangError, Room } from '@madang/client';
import { wait } from './device-checks.js';
import { type CandidateFacts, judgeSignaling } from './judge.js';
import { kindOf } from './server-walk.js';
import { type Verdict, verdict } from './verdict.js';
import type { OneServer } from './walk-server.js';

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
export const NO_STORAGE = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/** Lets the browser gather candidates with the STUN servers among these, and counts them. No address is kept. */
export async function gatherCandidates(iceServers: IceServers): Promise<CandidateFacts> {
  const urls = oneByOne(iceServers).flatMap(({ url }) => (kindOf(url) === 'stun' ? [url] : []));
  const pc = new RTCPeerConnection(urls.length > 0 ? { iceServers: [{ urls }] } : {});
  const found: RTCIceCandidate[] = [];
  const errors: number[] = [];
  pc.onicecandidate = ({ candidate }) => {
    if (candidate?.candidate) found.push(candidate);
  };
  pc.onicecandidateerror = ({ errorCode }) => errors.push(errorCode);
  try {
    const done = new Promise<void>((resolve) => {
      pc.onicegatheringstatechange = () => {
        if (pc.iceGatheringState === 'complete') resolve();
      };
    });
    pc.createDataChannel('test');
    await pc.setLocalDescription();
    await Promise.race([done, wait(GIVES_UP_MS)]);
    return countCandidates(found, errors, urls.length > 0);
  } finally {
    pc.close();
  }
}

/** Each URL with what goes with it. */
export function oneByOne(iceServers: IceServers): OneServer[] {
  return iceServers.flatMap(({ urls, username, credential }) => urls.map((url) => ({ url, username, credential })));
}

function countCandidates(
  found: readonly RTCIceCandidate[],
  stunErrors: readonly number[],
  hasStun: boolean,
): CandidateFacts {
  const count = (type: string, protocol: string) =>
    found.filter((candidate) => candidate.type === type && candidate.protocol === protocol).length;
  return {
    hostUdp: count('host', 'udp'),
    hostTcp: count('host', 'tcp'),
    reflexive: count('srflx', 'udp'),
    hasStun,
    stunErrors,
  };
}
