import { ACTIONS, type Action, type CommandType, may } from '@madang/engine';
import type { Role } from '@madang/protocol';
import { describe, expect, test } from 'vitest';
import { codeOf, type Guest, Stage } from './stage.js';

const ALL_OFF = { microphone: 'off', camera: 'off', screen: 'off' } as const;

const ROLES: readonly Role[] = ['host', 'participant', 'viewer'];

/** Who may do what, written down a second time: h, p and v for those who may. */
const EXPECTED: Record<Action, string> = {
  leave: 'hpv',
  members: 'hpv',
  rename: 'hpv',
  metadata: 'hpv',
  publish: 'hp-',
  view: 'hpv',
  hand: 'hpv',
  react: 'hpv',
  chat: 'hpv',
  'peer-signal': 'hpv',
  report: 'hpv',
  'dialect-signal': 'hpv',
  'lower-hand-of-others': 'h--',
  'room-metadata': 'h--',
  kick: 'h--',
  mute: 'h--',
  role: 'h--',
  close: 'h--',
};

describe.each(ACTIONS)('%s', (action) => {
  test.each(ROLES)('by a %s', (role) => {
    expect(may(role, action)).toBe(EXPECTED[action].includes(role[0]!));
  });
});

type MemberCommand = Exclude<CommandType, 'join' | 'resume' | 'detach' | 'tell' | 'drain'>;

interface Try {
  /** The action that it comes down to. */
  readonly action: Action;
  /** Gives the code of the refusal, or `ok`. */
  readonly run: (who: Guest, other: Guest) => string;
}

/** How to do each command. */
const TRIES: { readonly [T in MemberCommand | 'hand of another' | 'kick of nobody']: Try } = {
  leave: { action: 'leave', run: (who) => codeOf(who.ask('leave')) },
  members: { action: 'members', run: (who) => codeOf(who.ask('members')) },
  rename: { action: 'rename', run: (who) => codeOf(who.ask('rename', { name: 'new' })) },
  metadata: { action: 'metadata', run: (who) => codeOf(who.ask('metadata', { metadata: {} })) },
  media: { action: 'publish', run: (who) => codeOf(who.ask('media', { media: { camera: 'muted' } })) },
  hand: { action: 'hand', run: (who) => codeOf(who.ask('hand', { raised: true, wallMs: 1 })) },
  'hand of another': {
    action: 'lower-hand-of-others',
    run: (who, other) => codeOf(who.ask('hand', { raised: false, wallMs: 1, target: other.id })),
  },
  react: { action: 'react', run: (who) => codeOf(who.ask('react', { reaction: '!' })) },
  chat: { action: 'chat', run: (who) => codeOf(who.ask('chat', { text: 'x', wallMs: 1 })) },
  report: { action: 'report', run: (who) => codeOf(who.ask('report', { report: { own: ALL_OFF, peers: [] } })) },
  'peer-signal': {
    action: 'peer-signal',
    run: (who, other) =>
      codeOf(
        who.ask('peer-signal', {
          to: other.id,
          signal: { kind: 'candidate', generation: 1, candidate: { candidate: '' } },
        }),
      ),
  },
  'dialect-signal': { action: 'dialect-signal', run: (who) => codeOf(who.ask('dialect-signal', { data: 1 })) },
  'room-metadata': { action: 'room-metadata', run: (who) => codeOf(who.ask('room-metadata', { metadata: { a: 1 } })) },
  kick: { action: 'kick', run: (who, other) => codeOf(who.ask('kick', { target: other.id })) },
  'kick of nobody': { action: 'kick', run: (who) => noTarget(codeOf(who.ask('kick', { target: 'nobody' }))) },
  mute: { action: 'mute', run: (who, other) => codeOf(who.ask('mute', { target: other.id, source: 'camera' })) },
  may: { action: 'publish', run: (who) => codeOf(who.ask('may', { action: 'publish' })) },
  publish: {
    action: 'publish',
    run: (who) => codeOf(who.ask('publish', { tracks: [{ id: 't', source: 'camera', codec: 'VP8', layers: 1 }] })),
  },
  unpublish: { action: 'view', run: (who) => codeOf(who.ask('unpublish')) },
  role: { action: 'role', run: (who, other) => codeOf(who.ask('role', { target: other.id, role: 'viewer' })) },
  close: { action: 'close', run: (who) => codeOf(who.ask('close')) },
};

/** A target that is not there is told only to those who may. */
function noTarget(code: string): string {
  return code === 'member_not_found' ? 'ok' : code;
}

describe.each(Object.entries(TRIES))('the command %s', (_name, { action, run }) => {
  test.each(ROLES)('by a %s does what the table says, and nothing when it is refused', (role) => {
    const stage = new Stage();
    const host = stage.join('Host');
    const other = stage.join('Other');
    const who = role === 'host' ? host : stage.join('Who', { role });
    stage.hush();
    const before = host.ask('members');
    const isAllowed = EXPECTED[action].includes(role[0]!);
    expect(run(who, other)).toBe(isAllowed ? 'ok' : 'forbidden');
    if (isAllowed) return;
    expect(host.ask('members')).toEqual(before);
    expect([...host.events(), ...other.events(), ...who.events()]).toEqual([]);
  });

  test('by nobody', () => {
    const stage = new Stage();
    const host = stage.join('Host');
    const gone = stage.join('Gone');
    gone.ask('leave');
    stage.hush();
    expect(run(gone, host)).toBe('not_joined');
    expect(host.events()).toEqual([]);
  });
});
