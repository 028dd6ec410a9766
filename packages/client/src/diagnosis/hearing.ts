import type { CaptureState, MediaState, ReceiveState, Report, SendState } from '@madang/protocol';

/** The steps that sound or picture of one member takes to another, in this order. */
export const HEARING_STAGES = ['capture', 'sent', 'received', 'decoded', 'played'] as const;
export type HearingStage = (typeof HEARING_STAGES)[number];

/** `off`: nothing is to come, by somebody's choice; `unknown`: nobody has said. */
export type HearingState = 'works' | 'broken' | 'off' | 'unknown';

/** What is needed of a member. */
export interface HearingMember {
  readonly id: string;
  readonly media: MediaState;
}

/** Whether what `from` sends of one source is heard or seen by `to`. */
export interface HearingCell {
  readonly from: string;
  readonly to: string;
  readonly source: keyof MediaState;
  readonly state: HearingState;
  /** How it stands at each step. */
  readonly stages: Readonly<Record<HearingStage, HearingState>>;
  /** The first step that fails, of a `broken` one. */
  readonly broken?: HearingStage;
  /** The word of the report that says so. */
  readonly why?: CaptureState | SendState | ReceiveState;
}

const SOURCES = ['microphone', 'camera', 'screen'] as const;

const CAPTURE: Record<CaptureState, HearingState> = {
  off: 'off',
  muted: 'off',
  failed: 'broken',
  'system-muted': 'broken',
  silent: 'broken',
  frozen: 'broken',
  live: 'works',
};
const SENT: Record<SendState, HearingState> = {
  off: 'off',
  unconnected: 'broken',
  stalled: 'broken',
  sending: 'works',
};
/** How many of received, decoded and played each word grants. */
const REACHED: Record<ReceiveState, number> = {
  off: 0,
  unconnected: 0,
  nothing: 0,
  received: 1,
  decoded: 2,
  played: 3,
};

/**
 * Who hears and sees whom: a cell for each member, each other member and each source. `reports` has what the members say
 * of themselves by their id, one's own report included; of a member without one, only what the server tells is known.
 */
export function hearing(
  members: readonly HearingMember[],
  reports: ReadonlyMap<string, Report>,
): readonly HearingCell[] {
  return members.flatMap((from) =>
    members.filter((to) => to.id !== from.id).flatMap((to) => SOURCES.map((source) => cell(from, to, source, reports))),
  );
}

function cell(
  from: HearingMember,
  to: HearingMember,
  source: keyof MediaState,
  reports: ReadonlyMap<string, Report>,
): HearingCell {
  const sender = reports.get(from.id);
  const captured = sender?.own[source];
  const sent = sender?.peers.find(({ member }) => member === to.id)?.sends[source];
  const received = reports.get(to.id)?.peers.find(({ member }) => member === from.id)?.receives[source];
  const stages = {
    capture: captured === undefined ? told(from.media[source]) : CAPTURE[captured],
    sent: sent === undefined ? 'unknown' : SENT[sent],
    received: arrived(received, 1),
    decoded: arrived(received, 2),
    played: arrived(received, 3),
  } as const;
  const words = { capture: captured, sent, received, decoded: received, played: received };
  const broken = HEARING_STAGES.find((stage) => stages[stage] === 'broken');
  const state = stateOf(stages, broken);
  const why = broken === undefined ? undefined : words[broken];
  return {
    from: from.id,
    to: to.id,
    source,
    state,
    stages,
    ...(state === 'broken' && broken !== undefined ? { broken } : {}),
    ...(state === 'broken' && why !== undefined ? { why } : {}),
  };
}

/** What was never to come is off, however little arrives of it; what arrives must have been sent. */
function stateOf(stages: HearingCell['stages'], broken: HearingStage | undefined): HearingState {
  if (stages.capture === 'off') return 'off';
  if (broken !== undefined) return 'broken';
  if (stages.sent === 'off' || stages.received === 'off') return 'off';
  return stages.played === 'works' ? 'works' : 'unknown';
}

const told = (state: MediaState[keyof MediaState]): HearingState => (state === 'on' ? 'unknown' : 'off');

function arrived(received: ReceiveState | undefined, steps: number): HearingState {
  if (received === undefined) return 'unknown';
  if (received === 'off') return 'off';
  return REACHED[received] >= steps ? 'works' : 'broken';
}
