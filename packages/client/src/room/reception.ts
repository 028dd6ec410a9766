import type { Member as MemberData, Source, Track, Want } from '@madang/protocol';
import type { TrackPriority, TrackView } from '../media/index.js';
import { kindOf } from '../sources.js';
import { stateOf } from './media-way.js';

/** What is to come from the media server. `low`: pictures in their lowest quality. `audio-only`: no pictures at all. */
export type Reception = 'everything' | 'low' | 'audio-only';

/** What is wished of one track by who shows it. */
export interface TrackWish {
  readonly view: TrackView | undefined;
  readonly priority: TrackPriority | undefined;
  readonly paused: boolean;
}

/** What somebody wants to receive. */
export interface ReceptionWishes {
  readonly reception: Reception;
  /** Whether a track is wanted of which nobody has said anything. */
  readonly isAutomatic: boolean;
  /** What was said of single sources, by `chosenKey`. */
  readonly chosen: ReadonlyMap<string, boolean>;
}

export const chosenKey = (memberId: string, source: Source): string => `${memberId} ${source}`;

/** Sizes are told in steps, so that not every pixel is worth a request. */
const STEP_PIXELS = 64;
const MOST_PIXELS = 16_384;
const MOST_WANTS = 200;
/** So many pictures come of which nothing tells whether they are seen: as many as a page has room for. The rest wait. */
const MOST_UNSAID = 49;

/**
 * Everything that is wanted of what `members` publish: sound first, then screens, then cameras in the order of the
 * members. What is muted keeps its place, so that it is there at once when it is on again.
 */
export function wants(
  members: readonly MemberData[],
  wishes: ReceptionWishes,
  wishOf: (memberId: string, source: Source) => TrackWish | undefined,
): Want[] {
  const offered = members.flatMap((member) => (member.tracks ?? []).map((track) => ({ member, track })));
  const wanted = offered
    .filter(({ member, track }) => stateOf(track.source, member.media) !== 'off' && isWanted(member.id, track, wishes))
    .toSorted((a, b) => rank(a.track.source) - rank(b.track.source))
    .slice(0, MOST_WANTS);
  let unsaid = 0;
  return wanted.map(({ member, track }) => {
    const wish = wishOf(member.id, track.source);
    const isUnsaid =
      kindOf(track.source) === 'video' && wish?.view === undefined && !isChosen(member.id, track, wishes);
    if (isUnsaid) unsaid += 1;
    return isUnsaid && unsaid > MOST_UNSAID ? { track: track.id, paused: true } : want(track, wishes.reception, wish);
  });
}

/** Whether something of what is wanted is on all the time: sound and pictures of people, not paused. */
export function runsAllTheTime(members: readonly MemberData[], wanted: readonly Want[]): boolean {
  const running = new Set(wanted.flatMap(({ track, paused }) => (paused ? [] : [track])));
  return members.some(({ media, tracks = [] }) =>
    tracks.some(
      ({ id, source }) => running.has(id) && (source === 'microphone' || source === 'camera') && media[source] === 'on',
    ),
  );
}

function isChosen(memberId: string, { source }: Track, { chosen }: ReceptionWishes): boolean {
  return chosen.get(chosenKey(memberId, source)) === true;
}

function isWanted(memberId: string, { source }: Track, { chosen, isAutomatic }: ReceptionWishes): boolean {
  return chosen.get(chosenKey(memberId, source)) ?? isAutomatic;
}

function rank(source: Source): number {
  return source === 'camera' ? 2 : source === 'screen' ? 1 : 0;
}

function want({ id, source }: Track, reception: Reception, wish: TrackWish | undefined): Want {
  const priority = wish?.priority ?? (source === 'screen' ? 'high' : 'normal');
  const isPaused =
    wish?.paused === true ||
    (kindOf(source) === 'video' && (reception === 'audio-only' || wish?.view?.visible === false));
  return {
    track: id,
    ...(isPaused ? { paused: true } : {}),
    ...(kindOf(source) === 'audio' || isPaused ? {} : sizeOf(wish?.view)),
    ...(kindOf(source) === 'video' && reception === 'low' ? { maxLayer: 0 } : {}),
    ...(priority === 'normal' ? {} : { priority }),
  };
}

/** Of an element that is not laid out yet nothing is known. */
function sizeOf(view: TrackView | undefined): Pick<Want, 'maxWidth' | 'maxHeight'> {
  if (view === undefined || view.width < 1 || view.height < 1) return {};
  return { maxWidth: stepped(view.width), maxHeight: stepped(view.height) };
}

const stepped = (pixels: number): number => Math.min(MOST_PIXELS, Math.ceil(pixels / STEP_PIXELS) * STEP_PIXELS);
