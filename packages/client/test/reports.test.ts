import { Report } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { hearing, ownReport } from '../src/index.js';
import { CallStory, connectedCall, healthyCall, PEER } from './call-story.js';
import { Lab, pair } from './lab.js';

describe('the report of a member', () => {
  const at = (story: CallStory, atMs = 20_000) => ownReport(story.facts, atMs);

  it('says of a call that goes well that everything is sent and played, in the words of the protocol', () => {
    const report = at(healthyCall(20_000));
    expect(Report.parse(report)).toEqual({
      own: { microphone: 'live', camera: 'live', screen: 'off' },
      peers: [
        {
          member: PEER,
          sends: { microphone: 'sending', camera: 'sending', screen: 'off' },
          receives: { microphone: 'played', camera: 'played', screen: 'off' },
        },
      ],
    });
  });

  it('says what its own devices do', () => {
    const own = (story: CallStory) => at(story).own;
    const muted = (by: 'person' | 'system') =>
      healthyCall(20_000).at(9_000, { type: 'media-muted', source: 'microphone', muted: true, by });
    expect(own(muted('person')).microphone).toBe('muted');
    expect(own(muted('system')).microphone).toBe('system-muted');
    expect(own(healthyCall(20_000).at(9_000, { type: 'microphone-silent', silent: true })).microphone).toBe('silent');
    expect(own(healthyCall(20_000).at(9_000, { type: 'media-ended', source: 'camera', by: 'unplugged' })).camera).toBe(
      'failed',
    );
    expect(own(new CallStory()).microphone).toBe('off');
  });

  it('says that the browser does not take what the other offers, until a connection has come about after all', () => {
    const refused = new CallStory()
      .door()
      .joined()
      .opened()
      .at(1_100, { type: 'negotiation-failed', peer: PEER, message: 'OperationError' });
    const refuses = (story: CallStory) => Report.parse(at(story, 6_000)).peers[0]?.refuses;
    expect(refuses(refused)).toBe(true);
    expect(refuses(refused.opened(4_500))).toBe(true);
    expect(refuses(healthyCall(6_000))).toBeUndefined();
  });

  it('says how far the sound and picture of the other come', () => {
    const playback = (state: 'blocked' | 'silenced') =>
      healthyCall(20_000).at(9_000, { type: 'playback', peer: PEER, source: 'microphone', state });
    const receives = (story: CallStory) => at(story).peers[0]?.receives;
    expect(receives(playback('blocked'))?.microphone).toBe('decoded');
    expect(receives(playback('silenced'))?.microphone).toBe('decoded');
    const still = connectedCall().flows(20_000, (track) => ({ ...track, packets: 5 }));
    expect(receives(still)).toMatchObject({ microphone: 'nothing', camera: 'nothing' });
    const dark = connectedCall().flows(20_000, (track) => ({
      ...track,
      ...(track.kind === 'video' ? { frames: 3 } : {}),
    }));
    expect(receives(dark)).toMatchObject({ microphone: 'played', camera: 'received' });
    const away = healthyCall(20_000).at(19_000, { type: 'connection', peer: PEER, state: 'failed' });
    expect(receives(away)).toMatchObject({ microphone: 'unconnected', screen: 'off' });
  });
});

describe('reports in a room', () => {
  it('reach the others, with one’s own among them, and are forgotten when a member leaves', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(3_000);
    const [annId, bobId] = [ann.room.self!.id, bob.room.self!.id];
    expect([...ann.room.reports.keys()].toSorted()).toEqual([annId, bobId].toSorted());
    expect(ann.room.reports.get(bobId)?.own).toEqual({ microphone: 'live', camera: 'live', screen: 'off' });
    await lab.until(bob.room.leave());
    await lab.pass(50);
    expect([...ann.room.reports.keys()]).toEqual([annId]);
    expect(hearing(ann.room.members, ann.room.reports)).toEqual([]);
  });

  it('are sent when something changed, and at most once a second', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(3_000);
    const isBobs = (payload: unknown) =>
      (payload as { report: Report }).report.peers.some(({ member }) => member === ann.room.self?.id);
    const reports = () => lab.server.requests.filter(({ name, payload }) => name === 'report' && isBobs(payload));
    const before = reports().length;
    await lab.pass(5_000);
    expect(reports()).toHaveLength(before);
    for (let ix = 0; ix < 20; ix += 1) {
      await bob.media.setMicrophoneMuted(ix % 2 === 0);
      await lab.pass(250);
    }
    expect(reports().length - before).toBeLessThanOrEqual(5);
    expect(reports().length).toBeGreaterThan(before);
    expect(reports().every(({ reply }) => (reply as { ok: boolean }).ok)).toBe(true);
    await bob.media.setMicrophoneMuted(true);
    await lab.pass(2_500);
    expect(ann.room.reports.get(bob.room.self!.id)?.own.microphone).toBe('muted');
  });

  it('are told to who comes later, and again after the membership was begun anew', async () => {
    const { lab, ann, bob } = await pair();
    await lab.pass(3_000);
    const cem = lab.person('cem');
    await lab.join(cem);
    await lab.pass(3_000);
    expect(cem.room.reports.size).toBe(3);
    lab.server.stop();
    lab.server.start();
    await lab.pass(30_000);
    for (const { room } of [ann, bob, cem]) {
      expect([...room.reports.keys()].toSorted()).toEqual(room.members.map(({ id }) => id).toSorted());
    }
  });

  it('are not sent into an empty room', async () => {
    const lab = new Lab();
    await lab.join(lab.person('ann'));
    await lab.pass(4_000);
    expect(lab.server.requests.filter(({ name }) => name === 'report')).toEqual([]);
  });
});
