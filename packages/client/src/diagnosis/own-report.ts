import type { CaptureState, MediaState, ReceiveState, Report, SendState } from '@madang/protocol';
import { type Fact, SERVER_PUBLISH, SERVER_SUBSCRIBE } from '../record/index.js';
import { peerFindings } from './diagnose.js';
import { type FactIndex, indexFacts } from './fact-index.js';
import { isStalled, isStill } from './flow-causes.js';
import { mediaCauses } from './media-causes.js';
import { membersThere, memberViews } from './member-views.js';
import { isOpen } from './own-media.js';
import { PeerView } from './peer-view.js';

type Seen = keyof MediaState;

/** So long no packet may come before nothing comes. */
const NOTHING_MS = 4_500;

/** What a report holds at most; the protocol's limit, which the server checks. */
const MOST_PEERS = 100;

/**
 * What a member may say of itself at `nowMs`, from its own facts: how its sources stand, and how far each gets to, and
 * comes from, every other member that it has a connection with.
 */
export function ownReport(facts: readonly Fact[], nowMs: number): Report {
  const index = indexFacts(facts, nowMs);
  const views = [...index.peers.keys()].map((id) => new PeerView(index, id)).filter(isOpenView);
  const straight = views.filter(({ id }) => id !== SERVER_PUBLISH && id !== SERVER_SUBSCRIBE);
  const rows = [
    ...straight.map((view) => rowOf(view, view)),
    ...servedRows(index, new Set(straight.map(({ id }) => id))),
  ];
  return { own: bySource((source) => captureState(index, source)), peers: rows.slice(0, MOST_PEERS) };
}

const isOpenView = (view: PeerView): boolean => view.closedMs === undefined && view.openedMs !== undefined;

/** By which connection it goes to a member, and by which it comes from there. */
function rowOf(sent: PeerView, received: PeerView): Report['peers'][number] {
  return {
    member: received.subject,
    sends: bySource((source) => sendState(sent, source)),
    receives: bySource((source) => receiveState(received, source)),
    ...(refuses(received) ? { refuses: true } : {}),
  };
}

/** Members whose media go through the server, and not straight at the same time. */
function servedRows(index: FactIndex, straight: ReadonlySet<string>): Report['peers'] {
  const sent = new PeerView(index, SERVER_PUBLISH);
  const served = memberViews(index);
  if (!isOpenView(sent) && served.length === 0) return [];
  return membersThere(index)
    .filter((id) => !straight.has(id))
    .map((id) =>
      rowOf(
        sent,
        served.find(({ of }) => of === id) ?? new PeerView(index, SERVER_SUBSCRIBE, undefined, undefined, id),
      ),
    );
}

const bySource = <S>(state: (source: Seen) => S): Record<Seen, S> => ({
  microphone: state('microphone'),
  camera: state('camera'),
  screen: state('screen'),
});

function captureState(index: FactIndex, source: Seen): CaptureState {
  const own = index.sources.get(source);
  if (index.own.last('self')?.role === 'viewer') return 'off';
  if (own?.state === 'failed' || own?.state === 'unplugged') return 'failed';
  if (!isOpen(own)) return 'off';
  if (own.state === 'muted') return 'muted';
  const findings = mediaCauses.flatMap((rule) => rule(index)).filter((finding) => finding.source === source);
  const causes = new Set(findings.map(({ cause }) => cause));
  if (causes.has('microphone-muted-by-system')) return 'system-muted';
  if (causes.has('microphone-silent')) return 'silent';
  if (causes.has('camera-frozen')) return own.heldBackMs === undefined ? 'frozen' : 'system-muted';
  return 'live';
}

function sendState(view: PeerView, source: Seen): SendState {
  if (!view.sends(source)) return 'off';
  if (view.state !== 'connected') return 'unconnected';
  if (isStalled(view, source, view.stateMs)) return 'stalled';
  return view.firstMs('packet-sent', source) === undefined ? 'unconnected' : 'sending';
}

function receiveState(view: PeerView, source: Seen): ReceiveState {
  const offered = view.offers(source);
  if (offered === 'off' || offered === 'muted') return 'off';
  if (view.isHeldBack(source)) return 'off';
  if (view.state !== 'connected') return 'unconnected';
  if (view.firstMs('packet-received', source) === undefined) return 'nothing';
  const track = view.track('received', source, NOTHING_MS);
  // Of a screen on which nothing moves, nothing comes.
  if (source !== 'screen' && track.length > 2 && isStill(track)) return 'nothing';
  const playback = view.playback(source)?.state;
  const isHeld = playback === 'blocked' || playback === 'paused' || playback === 'silenced';
  // Browsers decode no sound that nothing plays.
  if (view.firstMs('frame-decoded', source) === undefined && !isHeld) return 'received';
  if (source !== 'screen' && source !== 'microphone' && isDark(track)) return 'received';
  const isShown = source === 'microphone' || view.firstMs('frame-rendered', source) !== undefined;
  return playback === 'playing' && isShown ? 'played' : 'decoded';
}

/** All rules are asked only where something failed: this is asked every second, of each connection. */
function refuses({ index, id, facts, earlier }: PeerView): boolean {
  const failed = facts.last('negotiation-failed') ?? earlier?.last('negotiation-failed');
  return failed !== undefined && peerFindings(index, id).some(({ cause }) => cause === 'description-refused');
}

/** Packets come, and not one frame more. */
function isDark(track: ReturnType<PeerView['track']>): boolean {
  const [from, to] = [track[0], track.at(-1)];
  return track.length > 3 && to?.frames !== undefined && to.frames === from?.frames;
}
