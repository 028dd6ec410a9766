import { describe, expect, test } from 'vitest';
import {
  type Answered,
  type AnswerRequest,
  answerOffer,
  type Refusal,
  type SessionDescription,
} from '../src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND, VIEWING } from './ends.js';
import { recordedOffer } from './recorded-offer.js';

function answer(offer: SessionDescription, more: Partial<AnswerRequest> = {}): Answered | Refusal {
  return answerOffer({
    offer,
    capabilities: PUBLISHING,
    local: LOCAL,
    tracks: [],
    state: null,
    sessionId: '1',
    ...more,
  });
}

function reasons(done: Answered | Refusal) {
  if ('refused' in done) return done.closed ?? done.refused;
  return done.state.sections.map((section) => (section.type === 'closed' ? section.reason : section.type));
}

const without = (line: RegExp) => (text: string) => text.replace(line, '');

describe('the whole offer', () => {
  test.each([
    ['without sections', (text: string) => text.slice(0, text.indexOf('m=')), 'no_sections'],
    ['without ICE credentials', without(/a=ice-(ufrag|pwd).*\r\n/g), 'no_ice_credentials'],
    [
      'with a password too short',
      (text: string) => text.replaceAll(/a=ice-pwd:.*/g, 'a=ice-pwd:short'),
      'no_ice_credentials',
    ],
    ['without a fingerprint', without(/a=fingerprint.*\r\n/g), 'no_fingerprint'],
    ['with SHA-1 alone', (text: string) => text.replaceAll('sha-256', 'sha-1'), 'no_fingerprint'],
    ['without a DTLS role', without(/a=setup.*\r\n/g), 'setup'],
    ['on hold', (text: string) => text.replaceAll('setup:actpass', 'setup:holdconn'), 'setup'],
    ['without BUNDLE', without(/a=group.*\r\n/), 'not_bundled'],
  ])('%s', (_name, change, reason) => {
    expect(reasons(answer(recordedOffer('chromium-publish', change)))).toBe(reason);
  });

  test('of a viewer, where nothing is sent', () => {
    expect(reasons(answer(recordedOffer('chromium-view'), { capabilities: VIEWING }))).toEqual([
      'direction',
      'direction',
    ]);
  });
});

describe('one section', () => {
  test.each([
    ['without rtcp-mux', 'a=rtcp-mux\r\n', '', 'no_rtcp_mux'],
    ['without a mid', 'a=mid:0\r\n', '', 'no_mid'],
    ['with keys in the open', 'm=audio 9 UDP/TLS/RTP/SAVPF', 'm=audio 9 RTP/SAVPF', 'kind'],
    ['of a kind nobody knows', 'm=audio', 'm=text', 'kind'],
    [
      'without a codec in common',
      'm=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126',
      'm=audio 9 UDP/TLS/RTP/SAVPF 13 110',
      'no_common_codec',
    ],
    ['outside the BUNDLE group', 'a=group:BUNDLE 0 1', 'a=group:BUNDLE 1', 'not_bundled'],
    ['that is closed', 'm=audio 9', 'm=audio 0', 'closed'],
  ])('%s is closed, and the other is not', (_name, from, to, reason) => {
    const done = answer(recordedOffer('chromium-publish', (text) => text.replace(from, to)));
    expect(reasons(done)).toEqual([reason, 'media']);
    if ('refused' in done) return;
    expect(done.answer.sections.map(({ port }) => port)).toEqual([0, 9]);
    expect(done.answer.bundle).toEqual(['1']);
    // Whoever carries the BUNDLE now carries the candidates.
    expect(done.answer.sections.map(({ candidates }) => candidates.length)).toEqual([0, 1]);
  });

  test('for data, where there are no data channels', () => {
    const capabilities = { ...PUBLISHING, dataChannels: false };
    expect(reasons(answer(recordedOffer('firefox-data'), { capabilities }))).toEqual(['no_data_channels']);
  });

  test('a viewer who would also send may only view', () => {
    const offer = recordedOffer('chromium-call');
    const done = answer(offer, { capabilities: VIEWING, tracks: [SOUND, PICTURE] });
    if ('refused' in done) return expect.unreachable();
    expect(done.answer.sections.map(({ direction }) => direction)).toEqual(['sendonly', 'sendonly', 'sendrecv']);
    expect(done.changes.map(({ type }) => type)).toEqual(['connect', 'send', 'send', 'open-data']);
  });
});

describe('what is taken', () => {
  test('an id that means two extensions in one BUNDLE keeps the first, in every section', () => {
    const offer = recordedOffer('aiortc-publish');
    const ids = offer.sections.flatMap(({ extensions }) =>
      extensions.filter(({ id }) => id === 2).map(({ uri }) => uri),
    );
    expect(new Set(ids).size).toBe(2);
    const done = answer(offer);
    if ('refused' in done) return expect.unreachable();
    const taken = done.answer.sections.flatMap(({ extensions }) => extensions.filter(({ id }) => id === 2));
    expect(taken.map(({ uri }) => uri)).toEqual([ids[0]]);
  });

  test('all codecs that are known, where all are asked for', () => {
    const done = answer(recordedOffer('chromium-publish'), { capabilities: { ...PUBLISHING, take: 'all' } });
    if ('refused' in done) return expect.unreachable();
    expect(done.answer.sections[0]?.codecs.map(({ name }) => name)).toEqual(['opus', 'red', 'G722', 'PCMU', 'PCMA']);
    const video = new Set(done.answer.sections[1]?.codecs.map(({ name }) => name));
    expect([...video]).toEqual(expect.arrayContaining(['VP8', 'VP9', 'H264', 'AV1', 'rtx']));
    expect(video.has('ulpfec')).toBe(false);
  });

  test('a limit of the bitrate is said in both units', () => {
    const done = answer(recordedOffer('firefox-publish'), {
      capabilities: { ...PUBLISHING, maxBitrateBps: 1_500_000 },
    });
    if ('refused' in done) return expect.unreachable();
    expect(done.answer.sections.map(({ bandwidthBps }) => bandwidthBps)).toEqual([1_500_000, 1_500_000]);
  });

  test('the DTLS role is the one that the offer leaves', () => {
    const roleFor = (setup: string) => {
      const done = answer(recordedOffer('chromium-data', (text) => text.replace('actpass', setup)));
      return 'refused' in done ? done.refused : [done.state.dtlsRole, done.answer.sections[0]?.transport.setup];
    };
    expect(roleFor('active')).toEqual(['server', 'passive']);
    expect(roleFor('passive')).toEqual(['client', 'active']);
    expect(roleFor('actpass')).toEqual(['server', 'passive']);
  });
});
