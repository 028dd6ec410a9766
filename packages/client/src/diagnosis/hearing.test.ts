import type { MediaState, Report } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { type HearingCell, hearing } from './hearing.js';

const ON: MediaState = { microphone: 'on', camera: 'on', screen: 'off' };
const member = (id: string, media = ON) => ({ id, media });
type Row = Report['peers'][number];

function report(
  other: string,
  own: Partial<Report['own']> = {},
  row: Partial<Pick<Row, 'sends' | 'receives'>> = {},
): Report {
  return {
    own: { microphone: 'live', camera: 'live', screen: 'off', ...own },
    peers: [
      {
        member: other,
        sends: { microphone: 'sending', camera: 'sending', screen: 'off' },
        receives: { microphone: 'played', camera: 'played', screen: 'off' },
        ...row,
      },
    ],
  };
}

const sound = (cells: readonly HearingCell[], from = 'a'): HearingCell | undefined =>
  cells.find((cell) => cell.from === from && cell.source === 'microphone');

function between(a: Report | undefined, b: Report | undefined, media = ON): HearingCell | undefined {
  const reports = new Map([a && ['a', a], b && ['b', b]].filter((entry) => entry !== undefined) as [string, Report][]);
  return sound(hearing([member('a', media), member('b')], reports));
}

describe('who hears whom', () => {
  it('has a cell for each ordered pair of members and each source', () => {
    expect(hearing([member('a'), member('b'), member('c')], new Map())).toHaveLength(3 * 2 * 3);
  });

  it('works where every step does', () => {
    expect(between(report('b'), report('a'))).toMatchObject({ state: 'works' });
  });

  it.each<[string, Report | undefined, Report | undefined, HearingCell['broken'], HearingCell['why']]>([
    ['a device that failed', report('b', { microphone: 'failed' }), report('a'), 'capture', 'failed'],
    ['a silent one', report('b', { microphone: 'silent' }), report('a'), 'capture', 'silent'],
    ['one held back', report('b', { microphone: 'system-muted' }), undefined, 'capture', 'system-muted'],
    [
      'a stalled sender',
      report('b', {}, { sends: { microphone: 'stalled', camera: 'sending', screen: 'off' } }),
      report('a', {}, { receives: { microphone: 'nothing', camera: 'played', screen: 'off' } }),
      'sent',
      'stalled',
    ],
    [
      'packets lost on the way',
      report('b'),
      report('a', {}, { receives: { microphone: 'nothing', camera: 'played', screen: 'off' } }),
      'received',
      'nothing',
    ],
    [
      'what can not be decoded',
      report('b'),
      report('a', {}, { receives: { microphone: 'received', camera: 'played', screen: 'off' } }),
      'decoded',
      'received',
    ],
    [
      'what is not played',
      report('b'),
      report('a', {}, { receives: { microphone: 'decoded', camera: 'played', screen: 'off' } }),
      'played',
      'decoded',
    ],
  ])('breaks at the first step that does, of %s', (_name, a, b, broken, why) => {
    expect(between(a, b)).toMatchObject({ state: 'broken', broken, why });
  });

  it('is off where somebody chose so, and that is no fault', () => {
    expect(between(report('b', { microphone: 'muted' }), report('a'))).toMatchObject({ state: 'off' });
    expect(between(undefined, report('a'), { ...ON, microphone: 'off' })).toMatchObject({ state: 'off' });
    expect(between(report('b', { microphone: 'muted' }), report('a'))).not.toHaveProperty('broken');
  });

  it('is unknown where nobody has said', () => {
    expect(between(undefined, undefined)).toMatchObject({ state: 'unknown' });
    expect(between(report('b'), undefined)).toMatchObject({ state: 'unknown', stages: { sent: 'works' } });
  });
});
