import { describe, expect, test } from 'vitest';
import { type Answered, type AnswerRequest, answerOffer, type Change, type Negotiation } from '../src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND, VIEWING } from './ends.js';
import { described, offerText } from './recorded-offer.js';

const OTHER = { ...LOCAL, credentials: { ufrag: 'otherUfrag', pwd: 'otherPasswordOf24Chars00' } };

function answer(text: string, state: Negotiation | null, more: Partial<AnswerRequest> = {}): Answered {
  const done = answerOffer({
    offer: described(text),
    capabilities: PUBLISHING,
    local: state === null ? LOCAL : OTHER,
    tracks: [],
    state,
    sessionId: '1',
    ...more,
  });
  if ('refused' in done) throw new Error(done.refused);
  return done;
}

function said(changes: readonly Change[]): string[] {
  return changes.map((change) => {
    if ('section' in change) return `${change.type} ${change.section.mid}`;
    return 'mid' in change ? `${change.type} ${change.mid}` : change.type;
  });
}

describe('a publishing connection', () => {
  const text = offerText('chromium-publish');
  const first = answer(text, null);

  test('the same offer again changes nothing but the version', () => {
    const again = answer(text, first.state);
    expect(again.changes).toEqual([]);
    expect(again.answer).toEqual({ ...first.answer, sessionVersion: '2' });
  });

  test('another username fragment is an ICE restart, with credentials of ours that are new too', () => {
    const restarted = answer(text.replaceAll(/a=ice-ufrag:.*/g, 'a=ice-ufrag:Else'), first.state);
    expect(said(restarted.changes)).toEqual(['restart-ice']);
    expect(restarted.answer.sections[0]?.transport.iceUfrag).toBe('otherUfrag');
    expect(restarted.state.dtlsRole).toBe(first.state.dtlsRole);
  });

  test('a section stops, and comes back', () => {
    const paused = answer(text.replace('a=sendonly', 'a=inactive'), first.state);
    expect(said(paused.changes)).toEqual(['stop-receiving 0']);
    expect(paused.answer.sections.map(({ port, direction }) => [port, direction])).toEqual([
      [9, 'inactive'],
      [9, 'recvonly'],
    ]);
    expect(said(answer(text, paused.state).changes)).toEqual(['receive 0']);
  });

  test('a section is closed for good, and its place is taken by another', () => {
    const closed = answer(text.replace('m=audio 9', 'm=audio 0').replace('BUNDLE 0 1', 'BUNDLE 1'), first.state);
    expect(said(closed.changes)).toEqual(['stop-receiving 0']);
    const reused = answer(text.replace('BUNDLE 0', 'BUNDLE 7').replace('a=mid:0', 'a=mid:7'), closed.state);
    expect(said(reused.changes)).toEqual(['receive 7']);
  });

  test.each([
    ['a section is gone', text.slice(0, text.indexOf('m=video')).replace('BUNDLE 0 1', 'BUNDLE 0'), 'sections_changed'],
    [
      'a section has another mid',
      text.replace('BUNDLE 0', 'BUNDLE 7').replace('a=mid:0', 'a=mid:7'),
      'sections_changed',
    ],
    ['the certificate is another', text.replaceAll(/(sha-256) ..:/g, '$1 00:'), 'fingerprint_changed'],
    ['the role is another', text.replaceAll('actpass', 'passive'), 'setup'],
  ])('is refused when %s', (_name, changed, reason) => {
    const { state } = first;
    const offer = described(changed);
    const done = answerOffer({ offer, capabilities: PUBLISHING, local: OTHER, tracks: [], state, sessionId: '1' });
    expect(done).toEqual({ refused: reason });
  });
});

describe('a viewing connection, where the viewer offers', () => {
  const text = offerText('firefox-view');
  const options = { capabilities: VIEWING, tracks: [SOUND, PICTURE] };
  const first = answer(text, null, options);

  test('its tracks keep their sections, in whatever order they are named', () => {
    const again = answer(text, first.state, { ...options, tracks: [PICTURE, SOUND] });
    expect(again.changes).toEqual([]);
  });

  test('a track that is gone leaves its section silent, and the next takes it', () => {
    const silent = answer(text, first.state, { ...options, tracks: [PICTURE] });
    expect(said(silent.changes)).toEqual(['stop-sending 0']);
    const next = { ...SOUND, trackId: 'sound-of-ben', ssrc: 3001 };
    const taken = answer(text, silent.state, { ...options, tracks: [PICTURE, next] });
    expect(said(taken.changes)).toEqual(['send 0']);
    expect(taken.answer.sections[0]?.sources[0]?.ssrc).toBe(3001);
  });
});
