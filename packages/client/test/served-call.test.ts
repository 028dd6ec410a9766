import { describe, expect, it } from 'vitest';
import {
  diagnose,
  exportRecord,
  type Fact,
  ladder,
  ownReport,
  readRecord,
  SERVER_PUBLISH,
  SERVER_SUBSCRIBE,
  type TrackSample,
} from '../src/index.js';
import { CallStory, CONNECTED_MS, healthyCall, PEER } from './call-story.js';

const BO = 'bo';
const END_MS = 30_000;

type Change = (track: TrackSample, atMs: number) => TrackSample | undefined;

/** A healthy call with Ann and Bo, by one connection up to the media server and one down. */
function servedCall(change: Change = (track) => track): Fact[] {
  const facts = healthyCall(END_MS).facts.flatMap((fact): Fact[] => {
    if (fact.type === 'member') return [fact, { ...fact, id: BO, name: 'Bo' }];
    if (fact.type === 'report') return [];
    if (!('peer' in fact)) return [fact];
    return [...up(fact), ...down(fact, change)];
  });
  const atMs = CONNECTED_MS + 100;
  for (const member of [PEER, BO]) facts.push(forwarding(member, 2, 'full', atMs));
  return facts.toSorted((a, b) => a.atMs - b.atMs);
}

const forwarding = (member: string, layer: number | null, reason: 'full' | 'paused', atMs: number): Fact => ({
  type: 'forwarding',
  peer: SERVER_SUBSCRIBE,
  member,
  source: 'camera',
  layer,
  reason,
  atMs,
});

function up(fact: Fact): Fact[] {
  const own = { ...fact, peer: SERVER_PUBLISH } as Fact;
  if (own.type === 'playback') return [];
  if (own.type === 'first') return own.what === 'packet-sent' || own.what === 'frame-sent' ? [own] : [];
  if (own.type !== 'sample') return [own];
  return [{ ...own, sample: { ...own.sample, tracks: own.sample.tracks.filter(isSent) } }];
}

function down(fact: Fact, change: Change): Fact[] {
  const own = { ...fact, peer: SERVER_SUBSCRIBE } as Fact;
  if (own.type === 'playback') return [PEER, BO].map((member) => ({ ...own, member }));
  if (own.type === 'first') {
    return own.what === 'packet-sent' || own.what === 'frame-sent'
      ? []
      : [PEER, BO].map((member) => ({ ...own, member }));
  }
  if (own.type !== 'sample') return [own];
  const received = own.sample.tracks.filter((track) => !isSent(track));
  const tracks = [PEER, BO].flatMap((member) =>
    received.flatMap((track) => change({ ...track, member }, own.atMs) ?? []),
  );
  return [{ ...own, sample: { ...own.sample, tracks } }];
}

const isSent = ({ direction }: TrackSample): boolean => direction === 'sent';
const isBosCamera = ({ member, source }: TrackSample): boolean => member === BO && source === 'camera';
/** Of Bo's camera not one packet more comes. */
const stopsAt =
  (stopMs: number): Change =>
  (track, atMs) =>
    isBosCamera(track) && atMs > stopMs ? { ...track, packets: 500, frames: 300 } : track;

describe('a call through the media server', () => {
  it('has nothing wrong at any time while it goes well', () => {
    const facts = servedCall();
    for (let atMs = 0; atMs <= END_MS; atMs += 500) expect(diagnose(facts, atMs), `at ${atMs}`).toEqual([]);
  });

  it('names the member of whom nothing comes, though others’ tracks come by the same connection', () => {
    expect(diagnose(servedCall(stopsAt(12_000)), END_MS)).toMatchObject([
      { cause: 'media-dropped', peer: BO, source: 'camera' },
    ]);
  });

  it('does not miss what the server says that it holds back', () => {
    const facts = [...servedCall(stopsAt(12_000)), forwarding(BO, null, 'paused', 12_000)];
    expect(
      diagnose(
        facts.toSorted((a, b) => a.atMs - b.atMs),
        END_MS,
      ),
    ).toEqual([]);
  });

  it('does not take a camera for stalled that nobody is sent', () => {
    const halted = (facts: Fact[]): Fact[] =>
      facts.map((fact) => {
        if (fact.type !== 'sample' || fact.peer !== SERVER_PUBLISH || fact.atMs < 12_000) return fact;
        const tracks = fact.sample.tracks.filter(({ source }) => source !== 'camera');
        return { ...fact, sample: { ...fact.sample, tracks } };
      });
    const wanted: Fact = {
      type: 'wanted',
      peer: SERVER_PUBLISH,
      source: 'camera',
      encodings: [false, false, false],
      atMs: 12_000,
    };
    const resting = [...halted(servedCall()), wanted].toSorted((a, b) => a.atMs - b.atMs);
    expect(diagnose(resting, END_MS)).toEqual([]);
    expect(diagnose(halted(servedCall()), END_MS)).toMatchObject([{ cause: 'sender-stalled', peer: SERVER_PUBLISH }]);
  });

  it('waits for a media server that cannot be reached, until it is connected with one', () => {
    const refused = () =>
      new CallStory()
        .door()
        .joined()
        .opened()
        .at(1_100, { type: 'negotiation-failed', peer: PEER, message: 'publish', code: 'media_unavailable' });
    expect(diagnose(refused().facts, 2_000)).toMatchObject([
      { cause: 'media-server-away', peer: PEER, severity: 'blocks', sinceMs: 1_100 },
    ]);
    const answered = refused()
      .at(1_500, { type: 'connection-closed', peer: PEER })
      .opened(1_500)
      .described(1_600)
      .at(1_700, { type: 'connection', peer: PEER, state: 'connected' });
    expect(diagnose(answered.facts, 2_000).map(({ cause }) => cause)).not.toContain('media-server-away');
  });

  it('is told of to each member as if there were a connection with each', () => {
    const { peers } = ownReport(servedCall(), END_MS);
    expect(peers.map(({ member }) => member)).toEqual([PEER, BO]);
    for (const { sends, receives } of peers) {
      expect(sends).toEqual({ microphone: 'sending', camera: 'sending', screen: 'off' });
      expect(receives).toEqual({ microphone: 'played', camera: 'played', screen: 'off' });
    }
  });

  it('has a ladder for each of its two connections', () => {
    const states = (peer: string): string[] =>
      ladder(servedCall(), peer, END_MS)
        .slice(2)
        .map(({ state }) => state);
    expect(states(SERVER_PUBLISH)).toEqual([...Array(8).fill('done'), 'skipped']);
    expect(states(SERVER_SUBSCRIBE)).toEqual([...Array(7).fill('done'), 'skipped', 'done']);
  });

  it('is read again from a file as it was', () => {
    const move: Fact = { type: 'move', to: 'sfu', state: 'done', afterMs: 900, atMs: END_MS };
    const facts = [...servedCall(), move];
    expect(readRecord(exportRecord(facts, { addresses: 'plain' })).facts).toEqual(facts);
  });
});
