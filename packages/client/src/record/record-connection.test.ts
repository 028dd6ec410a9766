import { VirtualTime } from '@madang/testkit';
import { describe, expect, it } from 'vitest';
import { CallRecord } from './call-record.js';
import type { FactOf, FactType } from './fact.js';
import { recordConnection } from './record-connection.js';
import type { Row } from './stats-rows.js';

const OFFER = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\na=ice-ufrag:aaaa\r\n';
const ANSWER = 'v=0\r\no=- 2 1 IN IP4 127.0.0.1\r\na=ice-ufrag:bbbb\r\n';
const LINE = 'candidate:1 1 udp 2122260223 10.0.0.7 5000 typ host generation 0';

/** A connection whose states and statistics a test sets by hand. */
class Connection extends EventTarget {
  signalingState = 'stable';
  connectionState = 'new';
  iceConnectionState = 'new';
  iceGatheringState = 'new';
  localDescription: { type: string; sdp: string } | null = null;
  remoteDescription: { type: string; sdp: string } | null = null;
  currentLocalDescription: unknown = null;
  rows: Row[] = [];
  readings = 0;

  getTransceivers() {
    return ['audio', 'video'].map((kind, ix) => ({ mid: String(ix), receiver: { track: { kind, id: kind } } }));
  }
  getSenders() {
    return [];
  }
  async getStats() {
    this.readings += 1;
    return new Map(this.rows.map((row) => [row.id, row]));
  }
  change(fields: Partial<Connection>, event: string, more: object = {}): void {
    Object.assign(this, fields);
    this.dispatchEvent(Object.assign(new Event(event), more));
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

function recorded() {
  const time = new VirtualTime();
  const clock = {
    now: () => time.nowMs(),
    setTimeout: (run: () => void, delayMs: number) => time.after(delayMs, run),
    clearTimeout: (timer: unknown) => (timer as (() => void) | undefined)?.(),
  };
  const record = new CallRecord({ clock });
  const pc = new Connection();
  const stop = recordConnection(pc as unknown as RTCPeerConnection, record, 'p', { clock });
  const of = <T extends FactType>(type: T) => record.facts.filter((fact) => fact.type === type) as FactOf<T>[];
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      time.advance(50);
      await settled();
    }
  };
  return { time, record, pc, stop, of, pass };
}

const audioOut = (timestamp: number, packetsSent: number): Row => ({
  id: 'O',
  type: 'outbound-rtp',
  kind: 'audio',
  mid: '0',
  timestamp,
  packetsSent,
  bytesSent: packetsSent * 100,
  mediaSourceId: 'S',
});
const videoIn = (timestamp: number, packetsReceived: number, packetsLost: number, framesDecoded: number): Row => ({
  id: 'I',
  type: 'inbound-rtp',
  kind: 'video',
  mid: '1',
  timestamp,
  packetsReceived,
  packetsLost,
  framesDecoded,
  bytesReceived: packetsReceived * 1_000,
  codecId: 'C',
  frameWidth: 640,
  jitter: 0.004,
});
const CODEC: Row = { id: 'C', type: 'codec', mimeType: 'video/VP8' };
const SOURCE: Row = { id: 'S', type: 'media-source', audioLevel: 0.25 };

describe('the record of a plain connection', () => {
  it('has its descriptions as they are set, and not those that a withdrawal brings back', async () => {
    const { pc, of } = recorded();
    pc.change(
      { signalingState: 'have-local-offer', localDescription: { type: 'offer', sdp: OFFER } },
      'signalingstatechange',
    );
    pc.change({ signalingState: 'stable', remoteDescription: { type: 'answer', sdp: ANSWER } }, 'signalingstatechange');
    pc.change({ signalingState: 'have-local-offer' }, 'signalingstatechange');
    pc.change({ signalingState: 'stable' }, 'signalingstatechange');
    expect(of('description').map(({ direction, kind }) => `${direction} ${kind}`)).toEqual([
      'sent offer',
      'received answer',
    ]);
  });

  it('has the candidates of both sides once each, and the end of them', async () => {
    const { pc, of, pass } = recorded();
    pc.change({}, 'icecandidate', { candidate: { candidate: LINE, url: 'stun:a' } });
    pc.change({}, 'icecandidate', { candidate: { candidate: LINE } });
    pc.change({}, 'icecandidate', { candidate: null });
    pc.remoteDescription = { type: 'answer', sdp: `${ANSWER}a=${LINE}\r\na=end-of-candidates\r\n` };
    await pass(2_500);
    expect(of('candidate')).toMatchObject([
      { direction: 'sent', candidate: { type: 'host', address: '10.0.0.7', port: 5_000, url: 'stun:a' } },
      { direction: 'received', candidate: { address: '10.0.0.7' } },
    ]);
    expect(of('candidates-end').map(({ direction }) => direction)).toEqual(['sent', 'received']);
  });

  it('has errors of servers and every change of a state', () => {
    const { pc, of } = recorded();
    pc.change({}, 'icecandidateerror', { url: 'turn:a', errorCode: 401, errorText: 'Unauthorized' });
    pc.change({ iceGatheringState: 'gathering' }, 'icegatheringstatechange');
    pc.change({ iceConnectionState: 'checking', connectionState: 'connecting' }, 'iceconnectionstatechange');
    pc.change({}, 'connectionstatechange');
    expect(of('candidate-error')).toMatchObject([{ url: 'turn:a', code: 401, text: 'Unauthorized' }]);
    expect(of('gathering')).toHaveLength(1);
    expect(of('ice').map(({ state }) => state)).toEqual(['checking']);
    expect(of('connection').map(({ state }) => state)).toEqual(['connecting']);
  });

  it('has pairs when they get farther, and the path, the keys and the firsts when they are there', async () => {
    const { pc, of, pass } = recorded();
    const ends: Row[] = [
      { id: 'L', type: 'local-candidate', candidateType: 'host', protocol: 'udp', address: '10.0.0.7', port: 1 },
      { id: 'R', type: 'remote-candidate', candidateType: 'srflx', protocol: 'udp', address: '203.0.113.9', port: 2 },
    ];
    const pair = { id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' };
    pc.change({ connectionState: 'connecting' }, 'connectionstatechange');
    pc.rows = [...ends, { ...pair, state: 'in-progress', requestsSent: 1 }];
    await pass(600);
    pc.rows = [
      ...ends,
      { ...pair, state: 'succeeded', requestsSent: 2, responsesReceived: 1, currentRoundTripTime: 0.03 },
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P', dtlsState: 'connected' },
      audioOut(1, 5),
      videoIn(1, 9, 0, 2),
    ];
    pc.change({ connectionState: 'connected' }, 'connectionstatechange');
    await pass(500);
    expect(of('pairs').map(({ pairs }) => pairs.map(({ state, nominated }) => `${state} ${nominated}`))).toEqual([
      ['in-progress false'],
      ['succeeded true'],
    ]);
    expect(of('path')).toMatchObject([{ path: { kind: 'srflx', remote: '203.0.113.9:2' } }]);
    expect(of('dtls').map(({ state }) => state)).toEqual(['connected']);
    expect(
      of('first')
        .map(({ what, source }) => `${what} ${source}`)
        .toSorted(),
    ).toEqual(['frame-decoded camera', 'frame-sent microphone', 'packet-received camera', 'packet-sent microphone']);
  });

  it('has a sample a second, with rates between two readings, and reads no more often than that in the long run', async () => {
    const { pc, of, pass } = recorded();
    pc.rows = [audioOut(1_000, 50), videoIn(1_000, 100, 0, 30), CODEC, SOURCE];
    pc.change({ connectionState: 'connected' }, 'connectionstatechange');
    await pass(1_000);
    pc.rows = [audioOut(2_000, 100), videoIn(2_000, 190, 10, 60), CODEC, SOURCE];
    await pass(9_000);
    expect(of('sample').length).toBeGreaterThanOrEqual(8);
    const tracks = of('sample').find(({ sample }) => sample.tracks[0]?.packets === 100)?.sample.tracks;
    expect(tracks).toEqual([
      { direction: 'sent', kind: 'audio', source: 'microphone', bps: 40_000, packets: 100, audioLevel: 0.25 },
      expect.objectContaining({
        direction: 'received',
        source: 'camera',
        codec: 'VP8',
        bps: 720_000,
        loss: 0.1,
        framesPerSecond: 30,
        width: 640,
        jitterMs: 4,
      }),
    ]);
    const before = pc.readings;
    await pass(10_000);
    expect(pc.readings - before).toBeLessThanOrEqual(11);
  });

  it('ends when it is told to, or the connection is closed, and leaves no timer', async () => {
    const { time, pc, stop, of, pass } = recorded();
    stop();
    pc.change({ iceConnectionState: 'checking' }, 'iceconnectionstatechange');
    expect(of('ice')).toEqual([]);
    expect(of('connection-closed')).toHaveLength(1);
    expect(time.pending).toBe(0);
    const other = recorded();
    other.pc.connectionState = 'closed';
    await other.pass(1_100);
    expect(other.of('connection-closed')).toHaveLength(1);
    expect(other.time.pending).toBe(0);
    await pass(100);
  });
});
