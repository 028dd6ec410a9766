import fc from 'fast-check';
import sdpTransform from 'sdp-transform';
import { describe, expect, test } from 'vitest';
import {
  answerOffer,
  readDescription,
  readFragment,
  SDP_LIMITS,
  type SessionDescription,
  writeDescription,
} from '../src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND } from './ends.js';
import { described, offerText, RECORDED, recordedOffer } from './recorded-offer.js';

/** A recorded offer with lines left out, doubled, swapped, cut, stretched or written over. */
const damaged = fc
  .record({
    name: fc.constantFrom(...RECORDED),
    damages: fc.array(
      fc.record({
        how: fc.constantFrom('drop', 'double', 'swap', 'cut', 'stretch', 'write', 'foreign'),
        at: fc.nat(400),
        other: fc.nat(400),
        text: fc.string({ maxLength: 12 }),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ name, damages }) => {
    const lines = offerText(name).split('\r\n');
    for (const { how, at, other, text } of damages) {
      const ix = at % lines.length;
      const line = lines[ix]!;
      const place = other % (line.length + 1);
      if (how === 'drop') lines.splice(ix, 1);
      if (how === 'double') lines.splice(ix, 0, line);
      if (how === 'swap') lines.splice(ix, 1, lines.splice(other % lines.length, 1, line)[0]!);
      if (how === 'cut') lines[ix] = line.slice(0, place);
      if (how === 'stretch') lines[ix] = line.slice(0, place) + line.slice(place).repeat(4);
      if (how === 'write') lines[ix] = line.slice(0, place) + text + line.slice(place + text.length);
      if (how === 'foreign') lines.splice(ix, 0, `a=${text}:${text} 1 ${text}`);
      if (lines.length === 0) lines.push('');
    }
    return lines.join('\r\n');
  });

/** A closed section keeps a format, which may be one that has a meaning without a line of its own. */
function withoutClosedCodecs({ sections, ...session }: SessionDescription): SessionDescription {
  return {
    ...session,
    sections: sections.map((section) => (section.port === 0 ? { ...section, codecs: [] } : section)),
  };
}

describe('SDP from anybody', () => {
  test('damaged offers are read and answered, or refused; what is written is read as it was meant', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const offer = readDescription(text);
        if ('fault' in offer) return;
        const request = { offer, capabilities: PUBLISHING, local: LOCAL, tracks: [SOUND, PICTURE] };
        const done = answerOffer({ ...request, state: null, sessionId: '1' });
        if ('refused' in done) return;
        expect(withoutClosedCodecs(described(writeDescription(done.answer)))).toEqual(done.answer);
        const again = answerOffer({ ...request, state: done.state, sessionId: '1' });
        expect('refused' in again ? again.refused : again.changes).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  test('text that is no SDP is none, and does no harm', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (text) => {
        expect(readDescription(text)).toHaveProperty('fault');
        readDescription(`v=0\r\n${text}`);
        readFragment(text);
        readFragment(`a=mid:0\r\na=candidate:${text}`);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['a megabyte', `v=0\r\n${'a=x\r\n'.repeat(200_000)}`, 'too_long'],
    ['ten thousand sections', `v=0\n${'m=a 9 b c\n'.repeat(4_000)}`, 'too_many_sections'],
    ['lines without end', `v=0\r\n${'a=x\r\n'.repeat(SDP_LIMITS.lines)}`, 'too_many_lines'],
    ['a line without end', `v=0\r\na=${'x'.repeat(10_000)}\r\n`, 'line_too_long'],
    ['a NUL', 'v=0\r\na=mid:\u0000\r\n', 'characters'],
    ['two sections of one mid', 'v=0\r\nm=audio 9 a 0\r\na=mid:0\r\nm=video 9 a 0\r\na=mid:0\r\n', 'same_mid'],
    ['a port of six digits', 'v=0\r\nm=audio 999999 a 0\r\n', 'media'],
    ['something else', 'GET / HTTP/1.1\r\n', 'no_line'],
    ['nothing', '', 'no_version'],
  ])('%s is refused with a reason', (_name, text, fault) => {
    expect(readDescription(text)).toMatchObject({ fault });
  });

  test('keys that are offered in the open are not taken: there is DTLS or nothing', () => {
    const crypto = 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR|2^20|1:32';
    const request = { capabilities: PUBLISHING, local: LOCAL, tracks: [], state: null, sessionId: '1' };
    const beside = recordedOffer('chromium-publish', (text) =>
      text.replaceAll('a=rtcp-mux', `a=rtcp-mux\r\n${crypto}`),
    );
    const answered = answerOffer({ ...request, offer: beside });
    expect('refused' in answered ? answered : writeDescription(answered.answer)).not.toMatch(/crypto|inline/);
    const instead = recordedOffer('chromium-publish', (text) => text.replaceAll(/a=fingerprint:.*/g, crypto));
    expect(answerOffer({ ...request, offer: instead })).toEqual({ refused: 'no_fingerprint' });
    const plain = recordedOffer('chromium-publish', (text) => text.replaceAll('UDP/TLS/RTP/SAVPF', 'RTP/SAVPF'));
    expect(answerOffer({ ...request, offer: plain })).toMatchObject({ refused: 'nothing_in_common' });
  });

  test('candidates, RIDs and header extensions are taken up to a limit', () => {
    const lines = (line: string) => `${line}\r\n`.repeat(500);
    const read = readDescription(
      `v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n${lines('a=candidate:1 1 udp 1 192.0.2.1 1 typ host')}${lines('a=rid:a send')}${lines('a=extmap:1 urn:x')}`,
    );
    if ('fault' in read) return expect.unreachable();
    const [section] = read.sections;
    expect([section?.candidates.length, section?.rids.length, section?.extensions.length]).toEqual([64, 8, 64]);
  });
});

describe('sdp-transform, which reads SDP its own way,', () => {
  test.each(RECORDED)('finds the same in the offer of %s', (name) => {
    const ours = readDescription(offerText(name));
    const theirs = sdpTransform.parse(offerText(name));
    if ('fault' in ours) return expect.unreachable();
    for (const [ix, section] of ours.sections.entries()) {
      const other = theirs.media[ix]!;
      expect(section.kind).toBe(other.type);
      expect(section.mid).toBe(String(other.mid));
      expect(
        section.codecs.map(({ payloadType, name: codec, clockRate }) => ({
          payload: payloadType,
          codec,
          rate: clockRate,
        })),
      ).toEqual(expect.arrayContaining(other.rtp.map(({ payload, codec, rate }) => ({ payload, codec, rate }))));
      expect(section.extensions.map(({ id, uri }) => [id, uri])).toEqual(
        (other.ext ?? []).map(({ value, uri }) => [value, uri]),
      );
      expect(section.transport.iceUfrag).toBe(String(other.iceUfrag ?? theirs.iceUfrag));
      expect(section.sourceGroups.map(({ ssrcs }) => ssrcs.join(' '))).toEqual(
        (other.ssrcGroups ?? []).map(({ ssrcs }) => ssrcs),
      );
    }
  });
});
