import { type Fact, SERVER_PUBLISH, SERVER_SUBSCRIBE, type TrackSample } from '@madang/client';

const LATELY_MS = 4_000;

export interface PictureOf {
  readonly memberId: string;
  readonly isSelf: boolean;
  readonly source: 'camera' | 'screen';
}

/** The newest measurement of a picture, straight or through the media server; undefined where none came lately. */
export function pictureSample(facts: readonly Fact[], picture: PictureOf, nowMs: number): TrackSample | undefined {
  for (let ix = facts.length - 1; ix >= 0; ix--) {
    const fact = facts[ix]!;
    if (fact.atMs < nowMs - LATELY_MS) return undefined;
    if (fact.type !== 'sample') continue;
    const found = fact.sample.tracks.find((track) => isOf(fact.peer, track, picture));
    if (found?.width !== undefined) return found;
  }
  return undefined;
}

function isOf(peer: string, track: TrackSample, { memberId, isSelf, source }: PictureOf): boolean {
  if (track.kind !== 'video' || track.source !== source) return false;
  if (isSelf) return track.direction === 'sent';
  if (track.direction !== 'received' || peer === SERVER_PUBLISH) return false;
  return peer === SERVER_SUBSCRIBE ? track.member === memberId : peer === memberId;
}
