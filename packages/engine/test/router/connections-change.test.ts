import { expect, test } from 'vitest';
import { readU32 } from '../../src/bytes/index.js';
import { readFragment, type TrickleFragment } from '../../src/sdp/index.js';
import { described } from '../recorded-offer.js';
import { marks, RouterStage } from './router-stage.js';
import { withSecondPicture } from './with-second-picture.js';

const RESTART = { ufrag: 'again', pwd: 'anotherPasswordOf24Chars' };

function fragmentOf(text: string | null): TrickleFragment {
  const read = readFragment(text ?? '');
  if ('fault' in read) throw new Error(read.fault);
  return read;
}

test('candidates, and the credentials that are known, change nothing', () => {
  const stage = new RouterStage();
  const { offer } = stage.publisher('anna');
  const [ufrag, pwd] = [/^a=ice-ufrag:.*$/m.exec(offer)![0], /^a=ice-pwd:.*$/m.exec(offer)![0]];
  const candidate = 'm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 127.0.0.1 9 typ host';
  for (const lines of [candidate, `${ufrag.trim()}\r\n${pwd.trim()}\r\n${candidate}`]) {
    const reply = stage.do<'trickle'>({ type: 'trickle', connection: 'anna', fragment: `${lines}\r\n` });
    expect(reply.fragment).toBeNull();
  }
});

test('other credentials in a fragment restart ICE: the connection goes on, and has another address', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const eve = stage.viewer('eve');
  const fragment = `a=ice-ufrag:${RESTART.ufrag}\r\na=ice-pwd:${RESTART.pwd}\r\n`;
  const told = fragmentOf(stage.do<'trickle'>({ type: 'trickle', connection: 'anna', fragment }).fragment);
  expect(told.sections).toMatchObject([{ mid: '0', endOfCandidates: true, candidates: [{ address: '127.0.0.1' }] }]);
  expect(told.iceUfrag).not.toBe(described(anna.answer).sections[0]!.transport.iceUfrag);
  stage.show(anna.browser, 7, 1);
  const [first, ...others] = described(anna.answer).sections;
  const transport = { ...first!.transport, iceUfrag: told.iceUfrag, icePwd: told.icePwd };
  anna.browser.own('', RESTART);
  anna.browser.take({ ...described(anna.answer), sections: [{ ...first!, transport }, ...others] });
  const portIx = anna.browser.bind();
  anna.browser.check({ portIx });
  stage.deliver();
  anna.browser.usePath(portIx);
  stage.show(anna.browser, 8, 2);
  expect(marks(eve.browser)).toEqual([1, 2]);
  expect(stage.events.filter(({ type }) => type === 'moved')).toEqual([{ type: 'moved', connection: 'anna' }]);
  expect(stage.do<'trickle'>({ type: 'trickle', connection: 'anna', fragment }).fragment).toBeNull();
});

test('an offer with other credentials restarts ICE, and keeps every track', () => {
  const stage = new RouterStage();
  const anna = stage.publisher('anna');
  const offer = anna.browser.own(anna.offer, RESTART);
  const again = stage.do<'renegotiate'>({ type: 'renegotiate', connection: 'anna', offer });
  expect(again.tracks).toEqual(anna.tracks);
  const ufrag = (answer: string) => described(answer).sections[0]!.transport.iceUfrag;
  expect(ufrag(again.answer)).not.toBe(ufrag(anna.answer));
});

test('a viewer that adds a section sees one more, and what it saw goes on', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const [anna, ben] = ['anna', 'ben'].map((id) => stage.publisher(id));
  stage.show(anna!.browser, 7, 1);
  const offer = withSecondPicture(eve.offer);
  const { answer } = stage.do<'renegotiate'>({ type: 'renegotiate', connection: 'eve', offer });
  stage.show(anna!.browser, 8, 1, { isKeyframe: false });
  stage.show(ben!.browser, 7, 2);
  expect(marks(eve.browser)).toEqual([1, 1, 2]);
  const ssrcs = described(answer).sections.flatMap(({ kind, sources }) => (kind === 'video' ? [sources[0]!.ssrc] : []));
  expect(eve.browser.rtp.map((packet) => readU32(packet, 8))).toEqual([ssrcs[0], ssrcs[0], ssrcs[1]]);
});

test('a section that moves to another place in the description has an SSRC of its own', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const anna = stage.publisher('anna');
  const [sound, first, second] = withSecondPicture(eve.offer).split(/(?=m=video)/);
  const offer = [sound, first!.replace('a=recvonly', 'a=inactive'), second].join('');
  const { answer } = stage.do<'renegotiate'>({ type: 'renegotiate', connection: 'eve', offer });
  stage.show(anna.browser, 7, 1);
  const { sections } = described(answer);
  expect(sections.map(({ direction }) => direction)).toEqual(['sendonly', 'inactive', 'sendonly']);
  expect(eve.browser.rtp.map((packet) => readU32(packet, 8))).toEqual([sections[2]!.sources[0]!.ssrc]);
});

test('a publisher who stops a section is not seen there, and may take it up again', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const anna = stage.publisher('anna');
  const [sound, picture] = anna.offer.split(/(?=m=video)/);
  const offer = [sound, picture!.replace('a=sendonly', 'a=inactive')].join('');
  const stopped = stage.do<'renegotiate'>({ type: 'renegotiate', connection: 'anna', offer });
  expect(stopped.tracks).toEqual([anna.tracks[0]]);
  stage.show(anna.browser, 7, 1);
  expect(eve.browser.rtp).toEqual([]);
  const again = stage.do<'renegotiate'>({ type: 'renegotiate', connection: 'anna', offer: anna.offer });
  expect(again.tracks.map(({ mid }) => mid)).toEqual(['0', '1']);
  stage.show(anna.browser, 8, 1);
  expect(marks(eve.browser)).toEqual([1]);
});

test('a publisher who changes its codec keeps its track, and is seen in the new one', () => {
  const stage = new RouterStage();
  const eve = stage.viewer('eve');
  const anna = stage.publisher('anna');
  stage.show(anna.browser, 7, 1);
  const offer = anna.offer.replaceAll('VP8/90000', 'X8/90000');
  const other = stage.do<'renegotiate'>({ type: 'renegotiate', connection: 'anna', offer });
  expect(other.tracks[1]).toMatchObject({ id: anna.tracks[1]!.id, codec: 'H264' });
  // A sequence parameter set with a picture behind it, as one aggregation packet (RFC 6184 §5.7.1).
  const payload = Uint8Array.of(0x78, 0, 2, 0x67, 0x42, 0, 2, 0x65, 0x88);
  anna.browser.send({ ssrc: 2_374_643_973, seq16: 8, payloadType: 102, payload, rtpTs: 9_000, marker: true });
  stage.deliver();
  expect(eve.browser.rtp.map((packet) => packet[1]! & 0x7f)).toEqual([96, expect.any(Number)]);
  expect(eve.browser.rtp[1]![1]! & 0x7f).not.toBe(96);
});
