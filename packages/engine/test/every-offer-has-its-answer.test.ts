import { describe, expect, test } from 'vitest';
import { answerOffer, type Change, readDescription, writeDescription } from '../src/sdp/index.js';
import { LOCAL, PICTURE, PUBLISHING, SOUND, VIEWING } from './ends.js';
import { RECORDED, recordedOffer } from './recorded-offer.js';

function answered(name: string) {
  const isViewer = name.endsWith('-view');
  const done = answerOffer({
    offer: recordedOffer(name),
    capabilities: isViewer ? VIEWING : PUBLISHING,
    local: LOCAL,
    tracks: isViewer ? [SOUND, PICTURE] : [],
    state: null,
    sessionId: '1',
  });
  if ('refused' in done) throw new Error(`${name}: ${done.refused}`);
  return done;
}

/** One line for each change: what would happen in the server. */
function say(change: Change): string {
  if (!('section' in change)) return Object.values(change).join(' ');
  const { section } = change;
  if (section.type === 'data') return `${change.type} ${section.mid}: up to ${section.maxMessageSize} bytes`;
  const codecs = section.codecs.map(
    ({ name, payloadType, rtxPayloadType }) =>
      `${name} ${payloadType}${rtxPayloadType ? ` (RTX ${rtxPayloadType})` : ''}`,
  );
  const streams = section.streams.map(
    ({ rid, ssrc, rtxSsrc }) => rid ?? `${ssrc ?? 'any SSRC'}${rtxSsrc === null ? '' : ` (RTX ${rtxSsrc})`}`,
  );
  const sent = section.sent === null ? [] : [section.sent.trackId];
  return `${change.type} ${section.mid}: ${codecs.join(', ')}; ${[...streams, ...sent].join(', ')}`;
}

describe.each(RECORDED)('the offer of %s', (name) => {
  test('has the answer in the folder `answers`', async () => {
    const { answer, changes } = answered(name);
    const text = `${writeDescription(answer).replaceAll('\r\n', '\n')}\n# What it changes\n${changes.map(say).join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(`./answers/${name}.txt`);
  });

  test('is read as it would be written', () => {
    const read = recordedOffer(name);
    expect(readDescription(writeDescription(read))).toEqual(read);
  });

  test('is answered with sections of the same order, and nothing that was not offered', () => {
    const offered = recordedOffer(name);
    const { answer } = answered(name);
    expect(answer.sections.map(({ kind, mid, protocol }) => [kind, mid, protocol])).toEqual(
      offered.sections.map(({ kind, mid, protocol }) => [kind, mid, protocol]),
    );
    for (const [ix, section] of answer.sections.entries()) {
      const { formats, extensions, codecs } = offered.sections[ix]!;
      expect(formats).toEqual(expect.arrayContaining([...section.formats]));
      expect(extensions.map(({ id, uri }) => `${id} ${uri}`)).toEqual(
        expect.arrayContaining(section.extensions.map(({ id, uri }) => `${id} ${uri}`)),
      );
      for (const codec of section.codecs) {
        const same = codecs.find(({ payloadType }) => payloadType === codec.payloadType);
        expect(same?.feedback ?? []).toEqual(expect.arrayContaining([...codec.feedback]));
      }
    }
  });
});
