import { describe, expect, test } from 'vitest';
import { accepted, codeOf, Stage } from './stage.js';

function pair() {
  const stage = new Stage();
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  stage.hush();
  return { stage, ada, bo };
}

function say(who: ReturnType<Stage['join']>, count: number, text = 'x'): void {
  for (let ix = 0; ix < count; ix++) who.ask('chat', { text, wallMs: 1 });
}

test('a lost connection is seen by the others, and so is its return', () => {
  const { stage, ada, bo } = pair();
  bo.detach();
  expect(ada.lastEvent()).toMatchObject({ type: 'member-changed', member: { id: bo.id, connected: false } });
  stage.advance(29_999);
  expect(codeOf(bo.resume(0))).toBe('ok');
  expect(ada.lastEvent()).toMatchObject({ type: 'member-changed', member: { id: bo.id, connected: true } });
  stage.advance(100_000);
  expect(ada.events()).toEqual([]);
});

test('what was missed comes with the reply, in order, and then the stream goes on without a gap', () => {
  const { ada, bo } = pair();
  say(ada, 2);
  expect(bo.events().map((event) => event.seq)).toEqual([1, 2]);
  bo.detach();
  say(ada, 1);
  const resumed = accepted(bo.resume(1));
  expect(resumed.events.map(({ seq, type }) => [seq, type])).toEqual([
    [2, 'chat'],
    [3, 'member-changed'],
    [4, 'chat'],
    [5, 'member-changed'],
  ]);
  expect(resumed).toMatchObject({ self: bo.id, seq: 5, resume: { token: bo.token, graceMs: 30_000 } });
  expect(resumed.members.map((member) => member.connected)).toEqual([true, true]);
  expect(bo.events()).toEqual([]);
  say(ada, 1);
  expect(bo.events().map((event) => event.seq)).toEqual([6]);
});

test('keeps the member as it was', () => {
  const { ada, bo } = pair();
  bo.ask('hand', { raised: true, wallMs: 44 });
  bo.ask('media', { media: { camera: 'on' } });
  bo.detach();
  bo.resume(2);
  expect(accepted(ada.ask('members')).members[1]).toMatchObject({
    id: bo.id,
    handRaisedWallMs: 44,
    media: { camera: 'on' },
    connected: true,
  });
});

test('takes over from a link that still seems alive, which is told', () => {
  const { stage, ada, bo } = pair();
  const oldLink = bo.link;
  expect(accepted(bo.resume(0)).events).toEqual([]);
  expect(stage.heard(oldLink)).toEqual([{ type: 'replaced' }]);
  expect(ada.events()).toEqual([]);
  stage.command({ type: 'detach', link: oldLink });
  say(ada, 1);
  expect(stage.heard(oldLink)).toEqual([]);
  expect(bo.types()).toEqual(['chat']);
});

describe('is refused and changes nothing', () => {
  test('after the grace time, even when the timer is late', () => {
    const { stage, ada, bo } = pair();
    bo.detach();
    ada.events();
    stage.now += 30_000;
    expect(codeOf(bo.resume(0))).toBe('resume_expired');
    expect(ada.lastEvent()).toMatchObject({ type: 'member-left', member: bo.id, reason: 'lost' });
  });

  test('with a token that nobody has', () => {
    const { stage } = pair();
    expect(stage.command({ type: 'resume', link: 'l', token: 'guessed', seq: 0 })).toMatchObject({
      error: { code: 'resume_expired', detail: 'token' },
    });
  });

  test('with the number of an event that never was', () => {
    const { stage, ada, bo } = pair();
    say(ada, 3);
    stage.hush();
    const oldLink = bo.link;
    expect(bo.resume(4)).toMatchObject({ error: { code: 'resume_expired', detail: 'seq' } });
    expect(stage.heard(oldLink)).toEqual([]);
    expect(codeOf(bo.resume(3))).toBe('ok');
  });

  test('on a link that carries a member already', () => {
    const { ada, bo } = pair();
    expect(codeOf(bo.resume(0, ada.link))).toBe('already_joined');
    expect(codeOf(bo.resume(0, bo.link))).toBe('already_joined');
  });

  test('when more than 512 events were missed', () => {
    const { ada, bo } = pair();
    say(ada, 513);
    expect(codeOf(bo.resume(0))).toBe('resume_expired');
    expect(accepted(bo.resume(1)).events).toHaveLength(512);
  });

  test('when more was missed than 256 KiB', () => {
    const { ada, bo } = pair();
    say(ada, 70, 'x'.repeat(4_000));
    expect(codeOf(bo.resume(0))).toBe('resume_expired');
    const events = accepted(bo.resume(70 - 60)).events;
    expect(events).toHaveLength(60);
  });

  test('when what was missed is older than the grace time and a minute', () => {
    const { stage, ada, bo } = pair();
    say(ada, 1);
    stage.advance(50_000);
    say(ada, 1);
    stage.advance(40_000);
    expect(codeOf(bo.resume(0))).toBe('resume_expired');
    expect(accepted(bo.resume(1)).events).toHaveLength(1);
    expect(stage.engine.nextAt()).not.toBeNull();
    stage.advance(50_000);
    expect(codeOf(bo.resume(1))).toBe('resume_expired');
    expect(accepted(bo.resume(2)).events).toEqual([]);
    expect(stage.engine.nextAt()).toBeNull();
  });
});

test('a member that never comes back is lost, and its room with the last', () => {
  const { stage, ada, bo } = pair();
  bo.detach();
  ada.detach();
  stage.advance(30_000);
  expect(stage.engine.counts()).toMatchObject({ rooms: 0, members: 0, connected: 0, deadlines: 0 });
});

test('with no grace time a lost connection is a lost member', () => {
  const stage = new Stage({ graceMs: 0 });
  const ada = stage.join('Ada');
  const bo = stage.join('Bo');
  bo.detach();
  stage.advance(0);
  expect(ada.types()).toEqual(['member-joined', 'member-changed', 'member-left']);
});
