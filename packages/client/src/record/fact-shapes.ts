import type { FactType } from './fact.js';
import { anything, fields, flag, list, number, oneOf, type Shape, text } from './shape.js';

const source = oneOf('microphone', 'camera', 'screen', 'screen-audio');
const direction = oneOf('sent', 'received');
const role = oneOf('host', 'participant', 'viewer');
const switched = oneOf('on', 'muted', 'off');
const bySource = (shape: Shape): Shape => fields({ microphone: shape, camera: shape, screen: shape });

const candidate = fields({
  type: oneOf('host', 'srflx', 'prflx', 'relay'),
  protocol: oneOf('udp', 'tcp'),
  address: text(),
  port: number,
  'url?': text(),
});
const pair = fields({
  local: candidate,
  remote: candidate,
  state: oneOf('frozen', 'waiting', 'in-progress', 'succeeded', 'failed'),
  nominated: flag,
  requestsSent: number,
  responsesReceived: number,
});
const candidateType = oneOf('host', 'srflx', 'prflx', 'relay');
const path = fields({
  kind: candidateType,
  localType: candidateType,
  remoteType: candidateType,
  protocol: oneOf('udp', 'tcp'),
  'relayProtocol?': oneOf('udp', 'tcp', 'tls'),
  family: oneOf('ipv4', 'ipv6', 'unknown'),
  local: text(),
  remote: text(),
  'roundTripMs?': number,
});
const track = fields({
  direction,
  kind: oneOf('audio', 'video'),
  'source?': source,
  'member?': text(),
  'codec?': text(),
  'bps?': number,
  packets: number,
  'frames?': number,
  'capturedPerSecond?': number,
  'framesPerSecond?': number,
  'width?': number,
  'height?': number,
  'loss?': number,
  'jitterMs?': number,
  'audioLevel?': number,
  'limitedBy?': oneOf('none', 'cpu', 'bandwidth', 'other'),
  'frozenS?': number,
});
const sample = fields({ 'roundTripMs?': number, 'outgoingBps?': number, tracks: list(track, 256) });
const report = fields({
  own: bySource(oneOf('off', 'failed', 'muted', 'system-muted', 'silent', 'frozen', 'live')),
  peers: list(
    fields({
      member: text(),
      sends: bySource(oneOf('off', 'unconnected', 'stalled', 'sending')),
      receives: bySource(oneOf('off', 'unconnected', 'nothing', 'received', 'decoded', 'played')),
      'refuses?': flag,
    }),
    100,
  ),
});

const fact = (shapes: Readonly<Record<string, Shape>>): Shape => fields({ type: text(), atMs: number, ...shapes });
const ofPeer = (shapes: Readonly<Record<string, Shape>>): Shape => fact({ peer: text(), ...shapes });

/** What each type of fact is made of. */
export const FACT_SHAPES: Readonly<Record<FactType, Shape>> = {
  page: fact({ secure: flag, userAgent: text(), hasDevices: flag, hasConnections: flag, wallStartMs: number }),
  online: fact({ online: flag }),
  visible: fact({ visible: flag }),
  slept: fact({ forMs: number }),
  'media-asked': fact({ source, constraints: anything }),
  'media-got': fact({ source, label: text(), settings: anything }),
  'media-failed': fact({
    source,
    kind: oneOf(
      'denied',
      'denied-by-policy',
      'denied-by-system',
      'not-found',
      'in-use',
      'overconstrained',
      'insecure',
      'unsupported',
      'cancelled',
      'unknown',
    ),
    name: text(),
    message: text(),
  }),
  'media-ended': fact({ source, by: oneOf('person', 'unplugged') }),
  'media-muted': fact({ source, muted: flag, by: oneOf('person', 'host', 'system') }),
  'microphone-silent': fact({ silent: flag }),
  signaling: fact({
    state: oneOf('connecting', 'open', 'joined', 'resumed', 'lost', 'refused', 'ended'),
    'code?': text(),
    'transport?': oneOf('websocket', 'polling'),
  }),
  'ice-servers': fact({ urls: list(text(), 100) }),
  self: fact({ id: text(), role }),
  member: fact({
    id: text(),
    name: text(),
    role,
    media: bySource(switched),
    connected: flag,
    dialect: text(),
  }),
  'member-left': fact({ id: text(), reason: oneOf('left', 'kicked', 'lost', 'closed') }),
  move: fact({ to: oneOf('p2p', 'sfu'), state: oneOf('begun', 'opened', 'arrived', 'done'), afterMs: number }),
  encryption: fact({ member: text(), state: oneOf('waiting', 'open', 'locked') }),
  report: fact({ from: text(), report }),
  'connection-opened': ofPeer({}),
  'connection-refused': ofPeer({ message: text(), urls: list(text(), 100) }),
  'connection-closed': ofPeer({}),
  description: ofPeer({ direction, kind: oneOf('offer', 'answer'), sdp: text(100_000) }),
  'negotiation-failed': ofPeer({ message: text(10_000), 'code?': text() }),
  'hung-up': ofPeer({
    reason: oneOf('goodbye', 'unconnected', 'consent', 'fingerprint', 'dtls', 'thread', 'forbidden'),
  }),
  interrupted: ofPeer({}),
  recovered: ofPeer({ afterMs: number }),
  candidate: ofPeer({ direction, candidate }),
  'candidates-end': ofPeer({ direction }),
  'candidate-error': ofPeer({ url: text(), code: number, text: text() }),
  gathering: ofPeer({ state: oneOf('new', 'gathering', 'complete') }),
  ice: ofPeer({ state: oneOf('new', 'checking', 'connected', 'completed', 'disconnected', 'failed', 'closed') }),
  connection: ofPeer({ state: oneOf('new', 'connecting', 'connected', 'disconnected', 'failed', 'closed') }),
  dtls: ofPeer({ state: oneOf('new', 'connecting', 'connected', 'closed', 'failed') }),
  pairs: ofPeer({ pairs: list(pair, 100) }),
  path: ofPeer({ path }),
  first: ofPeer({
    what: oneOf('packet-sent', 'packet-received', 'frame-sent', 'frame-decoded', 'frame-rendered'),
    source,
    'member?': text(),
  }),
  playback: ofPeer({ source, 'member?': text(), state: oneOf('playing', 'blocked', 'paused', 'silenced') }),
  sample: ofPeer({ sample }),
  forwarding: ofPeer({
    member: text(),
    source,
    layer: anything,
    reason: oneOf('full', 'size', 'wish', 'bandwidth', 'publisher', 'cpu', 'paused'),
  }),
  line: ofPeer({ bps: number, queueMs: number, loss: number }),
  wanted: ofPeer({ source, encodings: list(flag, 8) }),
};
