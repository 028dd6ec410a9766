import { describe, expect, test } from 'vitest';
import { accepted, codeOf, Stage } from './stage.js';

const CANDIDATE = { kind: 'candidate', generation: 1, candidate: { candidate: '' } } as const;
const ON = { microphone: 'on', camera: 'on', screen: 'on' } as const;

function three() {
  const stage = new Stage();
  const host = stage.join('Host');
  const bo = stage.join('Bo', { media: ON });
  const cy = stage.join('Cy', { role: 'viewer' });
  stage.hush();
  return { stage, host, bo, cy };
}

test('leave ends the membership and tells the others', () => {
  const { stage, host, bo, cy } = three();
  expect(bo.ask('leave')).toEqual({ ok: true });
  for (const other of [host, cy]) {
    expect(other.lastEvent()).toMatchObject({ type: 'member-left', member: bo.id, reason: 'left' });
  }
  expect(bo.events()).toEqual([]);
  expect(codeOf(bo.ask('members'))).toBe('not_joined');
  expect(codeOf(bo.resume(0))).toBe('membership_ended');
  expect(codeOf(stage.tryJoin('Bo', { link: bo.link }))).toBe('ok');
});

test('members lists everyone as of now, oldest first', () => {
  const { host, bo, cy } = three();
  bo.ask('rename', { name: 'Bobo' });
  const reply = accepted(cy.ask('members'));
  expect(reply.members.map(({ id, name }) => [id, name])).toEqual([
    [host.id, 'Host'],
    [bo.id, 'Bobo'],
    [cy.id, 'Cy'],
  ]);
  expect(reply.room.name).toBe('plaza');
});

test('rename tells everyone, the renamed included', () => {
  const { host, bo, cy } = three();
  expect(bo.ask('rename', { name: 'Bobo' })).toEqual({ ok: true });
  for (const guest of [host, bo, cy]) {
    expect(guest.lastEvent()).toMatchObject({ type: 'member-changed', member: { id: bo.id, name: 'Bobo' } });
  }
  bo.ask('rename', { name: 'Bobo' });
  expect(host.events()).toEqual([]);
});

test('metadata of a member is replaced as a whole', () => {
  const { host, bo } = three();
  bo.ask('metadata', { metadata: { a: 1 } });
  bo.ask('metadata', { metadata: { b: 2 } });
  expect(host.events()).toMatchObject([{ member: { metadata: { a: 1 } } }, { member: { metadata: { b: 2 } } }]);
  expect(host.events()).toEqual([]);
});

test('metadata of the room is replaced as a whole', () => {
  const { host, bo } = three();
  expect(host.ask('room-metadata', { metadata: { topic: 'tea' } })).toEqual({ ok: true });
  expect(bo.lastEvent()).toMatchObject({ type: 'room-changed', room: { name: 'plaza', metadata: { topic: 'tea' } } });
});

describe('media', () => {
  test('changes the sources that are named', () => {
    const { host, bo } = three();
    bo.ask('media', { media: { camera: 'muted' } });
    expect(host.lastEvent()).toMatchObject({ member: { media: { microphone: 'on', camera: 'muted', screen: 'on' } } });
    bo.ask('media', { media: { camera: 'muted' } });
    expect(host.events()).toEqual([]);
  });

  test('lets a viewer say only that all is off', () => {
    const { host, cy } = three();
    expect(codeOf(cy.ask('media', { media: { microphone: 'on' } }))).toBe('forbidden');
    expect(codeOf(cy.ask('media', { media: { microphone: 'off' } }))).toBe('ok');
    expect(host.events()).toEqual([]);
  });
});

describe('hand', () => {
  test('goes up with its time and keeps its place', () => {
    const { host, bo } = three();
    bo.ask('hand', { raised: true, wallMs: 50 });
    bo.ask('hand', { raised: true, wallMs: 60 });
    expect(host.events()).toMatchObject([{ member: { id: bo.id, handRaisedWallMs: 50 } }]);
    bo.ask('hand', { raised: false, wallMs: 70, target: bo.id });
    expect(host.events()).toMatchObject([{ member: { id: bo.id, handRaisedWallMs: null } }]);
  });

  test('can be lowered by a host, raised by nobody else', () => {
    const { host, bo, cy } = three();
    bo.ask('hand', { raised: true, wallMs: 50 });
    expect(codeOf(cy.ask('hand', { raised: false, wallMs: 60, target: bo.id }))).toBe('forbidden');
    expect(codeOf(host.ask('hand', { raised: true, wallMs: 60, target: cy.id }))).toBe('forbidden');
    expect(codeOf(host.ask('hand', { raised: false, wallMs: 60, target: 'nobody' }))).toBe('member_not_found');
    expect(codeOf(host.ask('hand', { raised: false, wallMs: 60, target: bo.id }))).toBe('ok');
    expect(cy.lastEvent()).toMatchObject({ member: { id: bo.id, handRaisedWallMs: null } });
  });
});

test('a reaction reaches everyone under the name of its sender', () => {
  const { host, bo, cy } = three();
  cy.ask('react', { reaction: '👏' });
  for (const guest of [host, bo, cy]) {
    expect(guest.lastEvent()).toMatchObject({ type: 'reaction', from: cy.id, reaction: '👏' });
  }
});

test('a report reaches the others, not its sender, and at most once a second', () => {
  const { stage, host, bo, cy } = three();
  const report = (camera: 'live' | 'off') => ({
    report: { own: { microphone: 'off', camera, screen: 'off' }, peers: [] } as const,
  });
  cy.events();
  expect(codeOf(cy.ask('report', report('live')))).toBe('ok');
  for (const guest of [host, bo]) expect(guest.lastEvent()).toMatchObject({ type: 'report', from: cy.id });
  expect(cy.events()).toEqual([]);
  stage.advance(700);
  expect(codeOf(cy.ask('report', report('off')))).toBe('rate_limited');
  stage.advance(300);
  expect(codeOf(cy.ask('report', report('off')))).toBe('ok');
  expect(bo.lastEvent()).toMatchObject({ type: 'report', report: { own: { camera: 'off' } } });
});

describe('chat', () => {
  test('is numbered, stamped with its sender, and given to those who come later', () => {
    const { stage, host, bo, cy } = three();
    expect(bo.ask('chat', { text: 'hello', wallMs: 9 })).toEqual({ ok: true, id: 1 });
    expect(cy.ask('chat', { text: 'hi', name: 'Somebody', wallMs: 10 })).toEqual({ ok: true, id: 2 });
    const messages = [
      { id: 1, from: bo.id, name: 'Bo', text: 'hello', wallMs: 9 },
      { id: 2, from: cy.id, name: 'Somebody', text: 'hi', wallMs: 10 },
    ];
    expect(host.events()).toMatchObject(messages.map((message) => ({ type: 'chat', message })));
    expect(stage.join('Di').joined.chat).toEqual(messages);
  });

  test('cannot forge its sender', () => {
    const { host, bo, cy } = three();
    cy.ask('chat', { text: 'x', wallMs: 1, from: bo.id } as never);
    expect(host.lastEvent()).toMatchObject({ message: { from: cy.id } });
  });
});

describe('a peer signal', () => {
  test('reaches the one addressed and nobody else', () => {
    const { host, bo, cy } = three();
    expect(bo.ask('peer-signal', { to: cy.id, signal: CANDIDATE })).toEqual({ ok: true });
    expect(cy.events()).toMatchObject([{ type: 'peer-signal', from: bo.id, signal: CANDIDATE }]);
    expect([...host.events(), ...bo.events()]).toEqual([]);
  });

  test('waits for one who is away', () => {
    const { bo, cy } = three();
    cy.detach();
    bo.ask('peer-signal', { to: cy.id, signal: CANDIDATE });
    expect(accepted(cy.resume(0)).events.map((event) => event.type)).toEqual([
      'member-changed',
      'peer-signal',
      'member-changed',
    ]);
  });

  test('finds neither the sender nor one who has left', () => {
    const { bo, cy } = three();
    cy.ask('leave');
    expect(codeOf(bo.ask('peer-signal', { to: cy.id, signal: CANDIDATE }))).toBe('member_not_found');
    expect(codeOf(bo.ask('peer-signal', { to: bo.id, signal: CANDIDATE }))).toBe('member_not_found');
  });
});

test('a dialect signal reaches the others of the dialect', () => {
  const stage = new Stage();
  const modern = stage.join('Mo');
  const [one, two] = ['one', 'two'].map((name) => stage.join(name, { dialect: 'classic' }));
  stage.hush();
  one?.ask('dialect-signal', { data: { type: 'offer' } });
  expect(two?.events()).toMatchObject([{ type: 'dialect-signal', from: one?.id, data: { type: 'offer' } }]);
  expect([...modern.events(), ...(one?.events() ?? [])]).toEqual([]);
});

describe('kick', () => {
  test('ends the membership at once, with the last word to the one kicked', () => {
    const { stage, host, bo, cy } = three();
    expect(host.ask('kick', { target: bo.id, reason: 'loud' })).toEqual({ ok: true });
    expect(bo.events()).toMatchObject([{ type: 'ended', reason: 'kicked', by: host.id, note: 'loud' }]);
    expect(cy.events()).toMatchObject([{ type: 'member-left', member: bo.id, reason: 'kicked' }]);
    expect(codeOf(bo.ask('chat', { text: 'x', wallMs: 1 }))).toBe('not_joined');
    expect(codeOf(bo.resume(0))).toBe('membership_ended');
    host.ask('chat', { text: 'gone', wallMs: 1 });
    expect(bo.events()).toEqual([]);
    expect(stage.engine.counts().connected).toBe(2);
  });

  test('ends the membership of one who is away', () => {
    const { stage, host, bo } = three();
    bo.detach();
    expect(codeOf(host.ask('kick', { target: bo.id }))).toBe('ok');
    expect(codeOf(bo.resume(0))).toBe('membership_ended');
    stage.hush();
    stage.advance(60_000);
    expect(host.events()).toEqual([]);
  });
});

describe('mute by a host', () => {
  test('silences a source, tells its owner first and then everyone', () => {
    const { host, bo, cy } = three();
    host.ask('mute', { target: bo.id, source: 'microphone' });
    expect(bo.events()).toMatchObject([
      { type: 'muted', by: host.id, source: 'microphone' },
      { type: 'member-changed', member: { media: { microphone: 'muted', camera: 'on', screen: 'on' } } },
    ]);
    expect(cy.types()).toEqual(['member-changed']);
  });

  test('ends a shared screen', () => {
    const { host, bo, cy } = three();
    host.ask('mute', { target: bo.id, source: 'screen' });
    expect(cy.lastEvent()).toMatchObject({ member: { media: { screen: 'off' } } });
  });

  test('changes nothing where nothing is on', () => {
    const { host, bo, cy } = three();
    expect(codeOf(host.ask('mute', { target: cy.id, source: 'camera' }))).toBe('ok');
    host.ask('mute', { target: bo.id, source: 'camera' });
    cy.events();
    expect(codeOf(host.ask('mute', { target: bo.id, source: 'camera' }))).toBe('ok');
    expect(cy.events()).toEqual([]);
  });
});

describe('role', () => {
  test('makes another host, who may then do what hosts may', () => {
    const { host, bo, cy } = three();
    expect(codeOf(host.ask('role', { target: bo.id, role: 'host' }))).toBe('ok');
    expect(cy.lastEvent()).toMatchObject({ type: 'member-changed', member: { id: bo.id, role: 'host' } });
    expect(codeOf(bo.ask('role', { target: host.id, role: 'participant' }))).toBe('ok');
    expect(codeOf(host.ask('kick', { target: cy.id }))).toBe('forbidden');
  });

  test('of a viewer turns all sources off', () => {
    const { host, bo } = three();
    host.ask('role', { target: bo.id, role: 'viewer' });
    expect(bo.lastEvent()).toMatchObject({
      member: { role: 'viewer', media: { microphone: 'off', camera: 'off', screen: 'off' } },
    });
  });

  test('that a member has already is no news', () => {
    const { host, bo, cy } = three();
    expect(codeOf(host.ask('role', { target: bo.id, role: 'participant' }))).toBe('ok');
    expect(cy.events()).toEqual([]);
  });
});

test('close ends the room for everyone and forgets its chat', () => {
  const { stage, host, bo, cy } = three();
  bo.ask('chat', { text: 'secret', wallMs: 1 });
  cy.detach();
  stage.hush();
  expect(host.ask('close')).toEqual({ ok: true });
  for (const guest of [host, bo]) {
    expect(guest.events()).toMatchObject([{ type: 'ended', reason: 'closed', by: host.id }]);
  }
  expect(codeOf(cy.resume(0))).toBe('membership_ended');
  expect(stage.engine.counts()).toMatchObject({ rooms: 0, members: 0, connected: 0, keptChats: 0 });
  stage.advance(30_000);
  expect(stage.engine.counts()).toMatchObject({ endedTokens: 0, deadlines: 0 });
  expect(stage.join('Di').joined.chat).toEqual([]);
});

test('detaching a link that carries nobody is nobody’s loss', () => {
  const { stage, host } = three();
  expect(stage.command({ type: 'detach', link: 'unheard-of' })).toEqual({ ok: true });
  expect(host.events()).toEqual([]);
});
