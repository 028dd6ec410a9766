import type { MemberId } from '../ports/index.js';

/** A track as far as it matters where it is shown. */
export interface AssignableTrack {
  readonly member: MemberId;
}

/** A place for a track, and what stands there now. */
export interface AssignableSection<T> {
  readonly track: T | null;
  canTake(track: T): boolean;
}

/**
 * Which of `tracks` each of a viewer's `sections` shows; both are of one kind, tracks in the order in which their members
 * began to publish. The first section is that of the wished members alone, where any are wished. Whatever else is shown stays
 * where it is; a place that is free gets a track of whoever is not shown yet, or else one more of somebody who is.
 */
export function assignTracks<T extends AssignableTrack>(
  sections: readonly AssignableSection<T>[],
  tracks: readonly T[],
  wished: readonly MemberId[] | null,
): (T | null)[] {
  const shown = new Set<T>();
  const take = (track: T | null | undefined): T | null => {
    if (track) shown.add(track);
    return track ?? null;
  };
  const assigned = sections.map((section, ix) => {
    if (ix > 0 || wished === null) return null;
    return take(
      keptOr(
        section,
        tracks.filter(({ member }) => wished.includes(member)),
      ),
    );
  });
  for (const [ix, { track }] of sections.entries()) {
    const isFree = assigned[ix] === null && (ix > 0 || wished === null);
    if (isFree && track !== null && tracks.includes(track) && !shown.has(track)) assigned[ix] = take(track);
  }
  for (const [ix, section] of sections.entries()) {
    if (assigned[ix] !== null || (ix === 0 && wished !== null)) continue;
    const free = tracks.filter((track) => !shown.has(track) && section.canTake(track));
    const members = new Set([...shown].map(({ member }) => member));
    assigned[ix] = take(free.find(({ member }) => !members.has(member)) ?? free[0]);
  }
  return assigned;
}

function keptOr<T>(section: AssignableSection<T>, tracks: readonly T[]): T | null {
  if (section.track !== null && tracks.includes(section.track)) return section.track;
  return tracks.find((track) => section.canTake(track)) ?? null;
}
