import type { Member, Source } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { chosenKey, type ReceptionWishes, type TrackWish, wants } from './reception.js';

const ON = { microphone: 'on', camera: 'on', screen: 'on' } as const;
const EVERYTHING: ReceptionWishes = { reception: 'everything', isAutomatic: true, chosen: new Map() };

function member(id: string, sources: readonly Source[], media: Member['media'] = ON): Member {
  const tracks = sources.map((source) => ({ id: `${id}-${source}`, source, codec: 'VP8', layers: 3 }));
  const rest = { name: id, role: 'participant', handRaisedWallMs: null, metadata: {}, joinedWallMs: 0 } as const;
  return { id, ...rest, media, connected: true, dialect: 'madang', tracks };
}

const ann = member('ann', ['camera', 'microphone', 'screen']);
const bo = member('bo', ['camera', 'microphone']);
const nothing = (): undefined => undefined;
const seen = (width: number, height: number, more: Partial<TrackWish> = {}): TrackWish => ({
  view: { visible: true, width, height },
  priority: undefined,
  paused: false,
  ...more,
});

describe('what is wanted', () => {
  it('is everything by itself: sound, then screens, then cameras', () => {
    expect(wants([ann, bo], EVERYTHING, nothing).map(({ track }) => track)).toEqual([
      'ann-microphone',
      'bo-microphone',
      'ann-screen',
      'ann-camera',
      'bo-camera',
    ]);
  });

  it('is a picture as large as it is seen, in steps', () => {
    const wish = (_: string, source: Source) => (source === 'camera' ? seen(321, 180) : undefined);
    expect(wants([bo], EVERYTHING, wish)[1]).toEqual({ track: 'bo-camera', maxWidth: 384, maxHeight: 192 });
    const near = (_: string, source: Source) => (source === 'camera' ? seen(330, 185) : undefined);
    expect(wants([bo], EVERYTHING, near)).toEqual(wants([bo], EVERYTHING, wish));
  });

  it('is no picture that nobody sees, while the sound goes on', () => {
    const hidden = () => ({ view: { visible: false, width: 0, height: 0 }, priority: undefined, paused: false });
    expect(wants([bo], EVERYTHING, hidden)).toEqual([{ track: 'bo-microphone' }, { track: 'bo-camera', paused: true }]);
  });

  it('is the whole picture where nothing has been laid out', () => {
    expect(wants([bo], EVERYTHING, () => seen(0, 0))[1]).toEqual({ track: 'bo-camera' });
  });

  it('is nothing of what is off, and keeps its place for what is muted', () => {
    const muted = member('cho', ['camera', 'microphone'], { microphone: 'off', camera: 'muted', screen: 'off' });
    expect(wants([muted], EVERYTHING, nothing)).toEqual([{ track: 'cho-camera' }]);
  });

  it('puts screens before cameras on a thin line, unless said otherwise', () => {
    const wish = (_: string, source: Source) =>
      source === 'camera' ? seen(640, 480, { priority: 'high' }) : undefined;
    const [, screen, camera] = wants([ann], EVERYTHING, wish);
    expect([screen?.priority, camera?.priority]).toEqual(['high', 'high']);
    expect(wants([bo], EVERYTHING, nothing)[1]?.priority).toBeUndefined();
  });

  it('is small pictures, or none, for who asks to receive little', () => {
    expect(wants([bo], { ...EVERYTHING, reception: 'low' }, nothing)[1]).toEqual({ track: 'bo-camera', maxLayer: 0 });
    expect(wants([bo], { ...EVERYTHING, reception: 'audio-only' }, nothing)).toEqual([
      { track: 'bo-microphone' },
      { track: 'bo-camera', paused: true },
    ]);
  });

  it('is only what was chosen, where nothing comes by itself', () => {
    const chosen = new Map([[chosenKey('bo', 'camera'), true]]);
    expect(wants([ann, bo], { ...EVERYTHING, isAutomatic: false, chosen }, nothing)).toEqual([{ track: 'bo-camera' }]);
    const refused = new Map([[chosenKey('bo', 'camera'), false]]);
    expect(wants([bo], { ...EVERYTHING, chosen: refused }, nothing)).toEqual([{ track: 'bo-microphone' }]);
  });

  it('is the sound of a hundred members, and the pictures of no more than a page holds until others are seen', () => {
    const crowd = Array.from({ length: 99 }, (_, ix) => member(`m${ix}`, ['microphone', 'camera']));
    const all = wants(crowd, EVERYTHING, nothing);
    expect(all).toHaveLength(198);
    expect(all.filter(({ paused }) => paused)).toHaveLength(50);
    const last = (id: string, source: Source) => (id === 'm98' && source === 'camera' ? seen(320, 180) : undefined);
    expect(wants(crowd, EVERYTHING, last).at(-1)).toMatchObject({ track: 'm98-camera', maxWidth: 320 });
    const chosen = new Map([[chosenKey('m98', 'camera'), true]]);
    expect(wants(crowd, { ...EVERYTHING, chosen }, nothing).at(-1)).toEqual({ track: 'm98-camera' });
  });
});
