import type { Role } from '@madang/protocol';

/** What a member may be allowed to do. Most commands ask for the action of their own name. */
export const ACTIONS = [
  'leave',
  'members',
  'rename',
  'metadata',
  /** Having a source that is not `off`, and giving tracks to the media server. */
  'publish',
  /** Being sent the tracks of others by the media server. */
  'view',
  'hand',
  'react',
  'chat',
  'peer-signal',
  'report',
  'dialect-signal',
  'lower-hand-of-others',
  'room-metadata',
  'kick',
  'mute',
  'role',
  'close',
] as const;

export type Action = (typeof ACTIONS)[number];

const EVERYONE: readonly Role[] = ['host', 'participant', 'viewer'];
const SPEAKERS: readonly Role[] = ['host', 'participant'];
const HOSTS: readonly Role[] = ['host'];

/** Who may do what. What is not listed for a role is refused with `forbidden`. */
export const PERMISSIONS: Readonly<Record<Action, readonly Role[]>> = {
  leave: EVERYONE,
  members: EVERYONE,
  rename: EVERYONE,
  metadata: EVERYONE,
  publish: SPEAKERS,
  view: EVERYONE,
  hand: EVERYONE,
  react: EVERYONE,
  chat: EVERYONE,
  // A viewer answers the offers of those it watches.
  'peer-signal': EVERYONE,
  report: EVERYONE,
  'dialect-signal': EVERYONE,
  'lower-hand-of-others': HOSTS,
  'room-metadata': HOSTS,
  kick: HOSTS,
  mute: HOSTS,
  role: HOSTS,
  close: HOSTS,
};

/** Whether a member of this role may do this. */
export function may(role: Role, action: Action): boolean {
  return PERMISSIONS[action].includes(role);
}
