import type { CauseId, Fact, FactBody, Finding, PairFact, TrackSample } from '../src/index.js';
import {
  CallStory,
  CONNECTED_MS,
  checkingCall,
  connectedCall,
  healthyCall,
  host,
  PEER,
  relay,
  srflx,
} from './call-story.js';

/** How a cause comes about, and the nearest call in which it must not be named. */
export interface Case {
  readonly ill: () => CallStory;
  readonly atMs: number;
  /** What else the finding says. */
  readonly says?: Partial<Finding>;
  readonly well: () => CallStory;
  /** Default: as `atMs`. */
  readonly wellAtMs?: number;
}

const STUN = 'stun:stun.example:3478';
const TURN = 'turn:turn.example:3478?transport=udp';
const MDNS = '6f0e1c5a-8f0a-4a51-9a0e-5f3f4ad5a2a1.local';

const failedDevice = (kind: Extract<FactBody, { type: 'media-failed' }>['kind']): CallStory =>
  new CallStory()
    .at(0, { type: 'media-asked', source: 'camera', constraints: {} })
    .at(50, { type: 'media-failed', source: 'camera', kind, name: 'NotAllowedError', message: 'no' });

/** After a refusal the person asks again, and gets it. */
const mended = (kind: Extract<FactBody, { type: 'media-failed' }>['kind']): CallStory =>
  failedDevice(kind)
    .at(100, { type: 'media-asked', source: 'camera', constraints: {} })
    .at(200, { type: 'media-got', source: 'camera', label: 'Cam', settings: {} });

const device = (kind: Extract<FactBody, { type: 'media-failed' }>['kind']): Case => ({
  ill: () => failedDevice(kind),
  atMs: 1_000,
  says: { source: 'camera', step: 'media', severity: 'blocks' },
  well: () => mended(kind),
});

const is =
  (type: Fact['type'], fits: (fact: never) => boolean = () => true) =>
  (fact: Fact): boolean =>
    fact.type === type && fits(fact as never);
const isPeers = (direction: 'sent' | 'received') =>
  is('candidate', (fact: { direction: string }) => fact.direction === direction);

const only =
  (
    direction: TrackSample['direction'],
    source: TrackSample['source'],
    bend: (track: TrackSample, atMs: number) => TrackSample | undefined,
  ) =>
  (track: TrackSample, atMs: number): TrackSample | undefined =>
    track.direction === direction && track.source === source ? bend(track, atMs) : track;

const error = (url: string, code: number): FactBody => ({
  type: 'candidate-error',
  peer: PEER,
  url,
  code,
  text: 'STUN binding request timed out.',
});

/** One case for each cause. */
export const CASES: Readonly<Record<CauseId, Case>> = {
  'insecure-page': {
    ill: () =>
      new CallStory().at(0, {
        type: 'page',
        secure: false,
        userAgent: '',
        hasDevices: false,
        hasConnections: true,
        wallStartMs: 0,
      }),
    atMs: 10,
    well: () => new CallStory().door(),
    wellAtMs: 1_000,
  },
  'permission-denied': device('denied'),
  'permission-blocked-by-policy': device('denied-by-policy'),
  'permission-blocked-by-system': device('denied-by-system'),
  'no-device': device('not-found'),
  'device-in-use': device('in-use'),
  'constraints-unmet': device('overconstrained'),
  'device-unplugged': {
    ill: () => new CallStory().door().at(5_000, { type: 'media-ended', source: 'microphone', by: 'unplugged' }),
    atMs: 6_000,
    says: { source: 'microphone', evidence: { device: 'The microphone' } },
    well: () => new CallStory().door().at(5_000, { type: 'media-ended', source: 'microphone', by: 'person' }),
  },
  'microphone-muted-by-system': {
    ill: () =>
      new CallStory().door().at(5_000, { type: 'media-muted', source: 'microphone', muted: true, by: 'system' }),
    atMs: 8_000,
    says: { sinceMs: 5_000 },
    // A browser holds a track back for a moment when devices change.
    well: () =>
      new CallStory()
        .door()
        .at(5_000, { type: 'media-muted', source: 'microphone', muted: true, by: 'system' })
        .at(5_500, { type: 'media-muted', source: 'microphone', muted: false, by: 'system' }),
  },
  'microphone-silent': {
    ill: () => new CallStory().door().at(5_000, { type: 'microphone-silent', silent: true }),
    atMs: 5_100,
    well: () =>
      new CallStory()
        .door()
        .at(5_000, { type: 'microphone-silent', silent: true })
        .at(5_050, { type: 'media-muted', source: 'microphone', muted: true, by: 'person' }),
  },
  'camera-frozen': {
    ill: () =>
      connectedCall().flows(
        20_000,
        only('sent', 'camera', (track) => ({ ...track, capturedPerSecond: 0 })),
      ),
    atMs: 20_000,
    well: () =>
      connectedCall().flows(
        20_000,
        only('sent', 'camera', (track, atMs) => ({ ...track, capturedPerSecond: atMs % 3_000 < 1_000 ? 5 : 0 })),
      ),
  },
  offline: {
    ill: () => new CallStory().door().at(5_000, { type: 'online', online: false }),
    atMs: 7_000,
    well: () =>
      new CallStory().door().at(5_000, { type: 'online', online: false }).at(6_500, { type: 'online', online: true }),
  },
  'server-unreachable': {
    ill: () => attempts(5),
    atMs: 6_000,
    says: { evidence: { attempts: 5 } },
    // The first attempt failed, the second one works.
    well: () => attempts(1).at(2_000, { type: 'signaling', state: 'open' }),
  },
  'server-refused': {
    ill: () => attempts(0).at(900, { type: 'signaling', state: 'refused', code: 'origin_refused' }),
    atMs: 1_000,
    says: { evidence: { code: 'origin_refused' } },
    well: () =>
      attempts(0)
        .at(900, { type: 'signaling', state: 'refused', code: 'room_full' })
        .at(5_000, { type: 'signaling', state: 'joined' }),
    wellAtMs: 6_000,
  },
  'websocket-blocked': {
    ill: () => new CallStory().at(600, { type: 'signaling', state: 'joined', transport: 'polling' }),
    atMs: 10_000,
    says: { severity: 'impairs' },
    well: () =>
      new CallStory()
        .at(600, { type: 'signaling', state: 'joined', transport: 'polling' })
        .at(900, { type: 'signaling', state: 'open', transport: 'websocket' }),
  },
  'other-signaling-away': {
    ill: () => new CallStory().door().joined().opened().member({ connected: false }, 1_200),
    atMs: 6_000,
    says: { peer: PEER },
    well: () =>
      new CallStory().door().joined().opened().member({ connected: false }, 1_200).member({ connected: true }, 3_000),
  },
  'connection-refused': {
    ill: () =>
      new CallStory()
        .door()
        .joined()
        .at(1_005, { type: 'connection-refused', peer: PEER, message: 'SyntaxError', urls: ['turn:{1}:1'] })
        .opened(),
    atMs: 2_000,
    says: { severity: 'impairs', evidence: { url: 'turn:{1}:1', message: 'SyntaxError' } },
    well: () => new CallStory().door().joined().opened(),
  },
  'media-server-away': {
    ill: () =>
      healthyCall(20_000)
        .at(20_000, { type: 'hung-up', peer: PEER, reason: 'thread' })
        .at(20_010, { type: 'connection-closed', peer: PEER })
        .opened(20_010),
    atMs: 20_500,
    says: { peer: PEER, severity: 'blocks', sinceMs: 20_000 },
    well: () =>
      healthyCall(20_000)
        .at(20_000, { type: 'hung-up', peer: PEER, reason: 'thread' })
        .at(20_010, { type: 'connection-closed', peer: PEER })
        .opened(20_010)
        .at(20_400, { type: 'connection', peer: PEER, state: 'connected' }),
  },
  'no-answer': {
    ill: () =>
      new CallStory()
        .door()
        .joined()
        .opened()
        .at(1_100, { type: 'description', peer: PEER, direction: 'sent', kind: 'offer', sdp: 'v=0' }),
    atMs: 9_000,
    says: { step: 'answer' },
    well: () => new CallStory().door().joined().opened().described(7_000),
  },
  'description-refused': {
    ill: () =>
      new CallStory()
        .door()
        .joined()
        .opened()
        .at(1_100, { type: 'negotiation-failed', peer: PEER, message: 'OperationError' }),
    atMs: 4_000,
    says: { evidence: { message: 'OperationError' } },
    // The second try works.
    well: () =>
      new CallStory()
        .door()
        .joined()
        .opened()
        .at(1_100, { type: 'negotiation-failed', peer: PEER, message: 'OperationError' })
        .opened(1_200)
        .described(1_300),
  },
  'description-refused-by-other': {
    ill: () => new CallStory().door().joined().opened().described().report(4_000, {}, {}, true),
    atMs: 5_000,
    says: { sinceMs: 4_000, severity: 'blocks' },
    well: () => new CallStory().door().joined().opened().described().report(2_000, {}, {}, true).report(4_000, {}),
  },
  'no-common-codec': {
    ill: () =>
      new CallStory()
        .door()
        .joined()
        .opened()
        .described(undefined, 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\n')
        .candidates()
        .checking()
        .connected(),
    atMs: 2_000,
    says: { source: 'camera', evidence: { kind: 'video' } },
    well: () =>
      new CallStory()
        .door()
        .joined()
        .opened()
        .described(undefined, 'v=0\r\nm=audio 9 X 111\r\nm=video 0 X 96\r\na=bundle-only\r\n'),
  },
  'stun-unreachable': {
    ill: () => checkingCall().at(1_300, error(STUN, 701)).failed(16_000),
    atMs: 16_100,
    says: { severity: 'blocks', evidence: { url: STUN, code: 701, text: 'STUN binding request timed out.' } },
    // One network interface of two could not reach it.
    well: () => checkingCall([host('192.168.1.7'), srflx('203.0.113.7', STUN)]).at(1_300, error(STUN, 701)),
    wellAtMs: 6_000,
  },
  'turn-unreachable': {
    ill: () => checkingCall().at(1_300, error(TURN, 701)).failed(16_000),
    atMs: 16_100,
    says: { severity: 'blocks' },
    well: () => checkingCall([host('192.168.1.7'), relay('203.0.113.9', TURN)]).at(1_300, error(TURN, 701)),
    wellAtMs: 6_000,
  },
  'turn-unauthorized': {
    ill: () => checkingCall().at(1_300, error(TURN, 701), error(TURN, 401)).failed(16_000),
    atMs: 16_100,
    says: { severity: 'blocks', evidence: { url: TURN, code: 401, text: 'STUN binding request timed out.' } },
    well: () => checkingCall([host('192.168.1.7'), relay('203.0.113.9', TURN)]).at(1_300, error(TURN, 401)),
    wellAtMs: 6_000,
  },
  'turn-quota': {
    ill: () => checkingCall().at(1_300, error(TURN, 701), error(TURN, 486)).failed(16_000),
    atMs: 16_100,
    says: { severity: 'blocks', evidence: { url: TURN, code: 486, text: 'STUN binding request timed out.' } },
    // One interface of two has its relay already.
    well: () => checkingCall([host('192.168.1.7'), relay('203.0.113.9', TURN)]).at(1_300, error(TURN, 486)),
    wellAtMs: 6_000,
  },
  'turn-full': {
    ill: () => checkingCall().at(1_300, error(TURN, 508)).failed(16_000),
    atMs: 16_100,
    says: { severity: 'blocks', evidence: { url: TURN, code: 508, text: 'STUN binding request timed out.' } },
    well: () => checkingCall([host('192.168.1.7'), relay('203.0.113.9', TURN)]).at(1_300, error(TURN, 508)),
    wellAtMs: 6_000,
  },
  'no-candidates': {
    ill: () => checkingCall([]),
    atMs: 3_000,
    says: { step: 'candidates-sent' },
    well: () => checkingCall([]).connected(),
  },
  'no-candidates-from-other': {
    ill: () => checkingCall(undefined, []).without(is('candidates-end', ({ direction }) => direction === 'received')),
    atMs: 12_000,
    says: { step: 'candidates-received' },
    well: () =>
      checkingCall()
        .without(isPeers('received'))
        .without(is('candidates-end', ({ direction }) => direction === 'received'))
        .at(7_000, { type: 'candidate', peer: PEER, direction: 'received', candidate: host('192.168.1.9') }),
  },
  'hidden-addresses': {
    ill: () => checkingCall([host('192.168.1.7')], [host(MDNS)]).failed(16_000),
    atMs: 16_100,
    says: { step: 'checks' },
    well: () => checkingCall([host('192.168.1.7')], [host(MDNS)]).connected(),
    wellAtMs: 2_000,
  },
  'only-local-addresses': {
    ill: () => checkingCall([host('192.168.1.7')], [host('10.0.0.9')]).failed(16_000),
    atMs: 16_100,
    says: { step: 'checks', severity: 'blocks' },
    // Still tested: that is no failure.
    well: () => checkingCall([host('192.168.1.7')], [host('10.0.0.9')]),
    wellAtMs: 8_000,
  },
  'relay-refuses-other': {
    ill: () => relayedTry(1).failed(16_000),
    atMs: 16_100,
    says: { step: 'checks', severity: 'blocks' },
    // What is only not answered is tried often: another cause.
    well: () => relayedTry(30).failed(16_000),
  },
  'checks-unanswered': {
    ill: () =>
      checkingCall([host('192.168.1.7'), srflx('203.0.113.7')], [host('10.0.0.9'), srflx('198.51.100.9')]).failed(
        16_000,
      ),
    atMs: 16_100,
    says: { evidence: { own: 'host, srflx', other: 'host, srflx', pairs: 0, checks: 0 } },
    well: () =>
      checkingCall([host('192.168.1.7'), srflx('203.0.113.7')], [host('10.0.0.9'), srflx('198.51.100.9')]).connected(),
    wellAtMs: 2_000,
  },
  'path-lost': {
    ill: () => healthyCall(20_000).at(20_000, { type: 'connection', peer: PEER, state: 'disconnected' }),
    atMs: 23_000,
    says: { sinceMs: 20_000 },
    well: () =>
      healthyCall(20_000)
        .at(20_000, { type: 'connection', peer: PEER, state: 'disconnected' })
        .at(21_000, { type: 'connection', peer: PEER, state: 'connected' }),
  },
  'dtls-failed': {
    ill: () =>
      checkingCall()
        .at(1_400, { type: 'ice', peer: PEER, state: 'connected' })
        .at(1_500, { type: 'dtls', peer: PEER, state: 'connecting' })
        .at(3_000, { type: 'dtls', peer: PEER, state: 'failed' })
        .at(3_000, { type: 'connection', peer: PEER, state: 'failed' }),
    atMs: 3_100,
    says: { step: 'dtls' },
    well: () =>
      checkingCall()
        .at(1_400, { type: 'ice', peer: PEER, state: 'connected' })
        .at(1_500, { type: 'dtls', peer: PEER, state: 'connecting' }),
  },
  'sound-blocked': {
    ill: () => healthyCall(20_000).at(10_000, playback('microphone', 'blocked')),
    atMs: 11_000,
    says: { source: 'microphone', peer: PEER },
    well: () =>
      healthyCall(20_000).at(10_000, playback('microphone', 'blocked')).at(10_500, playback('microphone', 'playing')),
  },
  'other-muted-by-system': {
    ill: () => healthyCall(20_000).report(10_000, { microphone: 'system-muted' }),
    atMs: 12_000,
    says: { source: 'microphone', sinceMs: 10_000 },
    // Muted by choice meanwhile: nobody waits for sound.
    well: () =>
      healthyCall(20_000)
        .report(10_000, { microphone: 'system-muted' })
        .member({ media: { microphone: 'muted', camera: 'on', screen: 'off' } }, 11_000),
  },
  'other-silent': {
    ill: () => healthyCall(20_000).report(10_000, { microphone: 'silent' }),
    atMs: 12_000,
    well: () => healthyCall(20_000).report(10_000, { microphone: 'silent' }).report(11_500, {}),
  },
  'other-without-device': {
    ill: () =>
      healthyCall(20_000)
        .member({ media: { microphone: 'on', camera: 'off', screen: 'off' } }, 9_000)
        .report(10_000, { camera: 'failed' }),
    atMs: 12_000,
    says: { source: 'camera', severity: 'impairs' },
    well: () =>
      healthyCall(20_000)
        .member({ media: { microphone: 'on', camera: 'off', screen: 'off' } }, 9_000)
        .report(10_000, { camera: 'off' }),
  },
  'sender-stalled': {
    ill: () =>
      connectedCall().flows(
        20_000,
        only('sent', 'camera', () => undefined),
      ),
    atMs: 20_000,
    says: { source: 'camera', step: 'first-sent', evidence: { side: 'own' } },
    well: () =>
      connectedCall()
        .flows(
          20_000,
          only('sent', 'camera', () => undefined),
        )
        .at(CONNECTED_MS, { type: 'media-muted', source: 'camera', muted: true, by: 'person' }),
  },
  'media-dropped': {
    ill: () =>
      connectedCall()
        .flows(
          20_000,
          only('received', 'microphone', (track) => ({ ...track, packets: 12 })),
        )
        .report(2_000, {}),
    atMs: 20_000,
    says: { source: 'microphone', step: 'first-rendered' },
    well: () =>
      connectedCall()
        .flows(
          20_000,
          only('received', 'microphone', (track) => ({ ...track, packets: 12 })),
        )
        .member({ media: { microphone: 'muted', camera: 'on', screen: 'off' } }, 3_000),
  },
  'encryption-locked': {
    ill: () =>
      connectedCall()
        .flows(
          20_000,
          only('received', 'camera', (track) => ({ ...track, frames: 0 })),
        )
        .at(CONNECTED_MS + 500, { type: 'encryption', member: PEER, state: 'locked' }),
    atMs: 20_000,
    says: { step: 'first-rendered', severity: 'blocks' },
    // The right key came a moment later.
    well: () =>
      healthyCall(20_000)
        .at(CONNECTED_MS + 500, { type: 'encryption', member: PEER, state: 'locked' })
        .at(CONNECTED_MS + 900, { type: 'encryption', member: PEER, state: 'open' }),
  },
  'not-decoded': {
    ill: () =>
      connectedCall().flows(
        20_000,
        only('received', 'camera', (track) => ({ ...track, frames: 0 })),
      ),
    atMs: 20_000,
    says: { source: 'camera', evidence: { codec: 'VP8' } },
    // The camera is off at the other side, and padding keeps coming.
    well: () =>
      connectedCall()
        .flows(
          20_000,
          only('received', 'camera', (track) => ({ ...track, frames: 0 })),
        )
        .member({ media: { microphone: 'on', camera: 'muted', screen: 'off' } }, 3_000),
  },
  'not-rendered': {
    ill: () => healthyCall(20_000).at(10_000, playback('camera', 'paused')),
    atMs: 14_000,
    says: { source: 'camera' },
    well: () =>
      healthyCall(20_000).at(10_000, playback('camera', 'paused')).at(10_500, { type: 'visible', visible: false }),
  },
  'thin-line': {
    ill: () =>
      connectedCall().flows(
        30_000,
        only('sent', 'camera', (track) => ({ ...track, limitedBy: 'bandwidth' })),
        { outgoingBps: 200_000 },
      ),
    atMs: 30_000,
    says: { severity: 'impairs', evidence: { bps: 200_000 } },
    // At the beginning every line looks thin.
    well: () =>
      connectedCall().flows(
        12_000,
        only('sent', 'camera', (track) => ({ ...track, limitedBy: 'bandwidth' })),
      ),
    wellAtMs: 12_000,
  },
  'packet-loss': {
    ill: () =>
      connectedCall().flows(
        30_000,
        only('received', 'microphone', (track) => ({ ...track, loss: 0.12 })),
      ),
    atMs: 30_000,
    says: { source: 'microphone', severity: 'impairs' },
    // A burst now and then.
    well: () =>
      connectedCall().flows(
        30_000,
        only('received', 'microphone', (track, atMs) => ({
          ...track,
          loss: Math.round(atMs / 1_000) % 10 === 0 ? 0.3 : 0,
        })),
      ),
  },
  'long-delay': {
    ill: () => connectedCall().flows(30_000, undefined, { roundTripMs: 620 }),
    atMs: 30_000,
    says: { evidence: { roundTripMs: 620 } },
    well: () => connectedCall().flows(30_000, undefined, { roundTripMs: 250 }),
  },
  'slow-computer': {
    ill: () =>
      connectedCall().flows(
        30_000,
        only('sent', 'camera', (track) => ({ ...track, limitedBy: 'cpu' })),
      ),
    atMs: 30_000,
    says: { severity: 'impairs' },
    well: () =>
      connectedCall().flows(
        30_000,
        only('sent', 'camera', (track, atMs) => ({ ...track, limitedBy: atMs > 27_000 ? 'cpu' : 'none' })),
      ),
  },
};

function playback(source: 'microphone' | 'camera', state: Extract<FactBody, { type: 'playback' }>['state']): FactBody {
  return { type: 'playback', peer: PEER, source, state };
}

/** A call through a relay alone, whose one pair fails after so many checks. */
function relayedTry(requestsSent: number): CallStory {
  const [local, remote] = [relay('203.0.113.9', TURN), host('10.0.0.9')];
  const pair: PairFact = { local, remote, state: 'failed', nominated: false, requestsSent, responsesReceived: 0 };
  return checkingCall([local], [remote]).at(1_900, { type: 'pairs', peer: PEER, pairs: [pair] });
}

/** So many attempts to reach the server in vain, one a second. */
function attempts(count: number): CallStory {
  const story = new CallStory().door().at(500, { type: 'signaling', state: 'connecting' });
  for (let ix = 0; ix < count; ix += 1) {
    story.at(600 + ix * 1_000, { type: 'signaling', state: 'lost' });
    story.at(700 + ix * 1_000, { type: 'signaling', state: 'connecting' });
  }
  return story;
}
