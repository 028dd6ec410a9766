import type { MediaState, Metadata, Mode } from '@madang/protocol';
import type { EncryptionWish } from '../encryption/index.js';
import type { JoinPayload } from '../link/index.js';
import type { Member } from './member.js';

export interface JoinOptions {
  readonly room: string;
  readonly name: string;
  /** `viewer` watches and publishes nothing. */
  readonly role?: 'viewer' | 'participant';
  /** Counts only for the first in the room. */
  readonly mode?: Mode;
  readonly metadata?: Metadata;
  /**
   * Encrypts sound and picture end to end. The first in the room opens it as such a room. With it nothing ever leaves
   * unencrypted, whatever the server says: where that can't be, `connect` refuses.
   */
  readonly encryption?: EncryptionWish;
  /** Calls the attempt off: `connect` then refuses with `aborted`. */
  readonly signal?: AbortSignal;
}

/** Rooms that this SDK can take part in. */
const MODES: Mode[] = ['p2p', 'sfu', 'auto'];

/**
 * What to join with. `self`: who one was before the membership was lost, whose name, role and metadata may be others by
 * now than those first asked for.
 */
export function joinPayload(
  { room, name, role: wanted, mode, metadata: first, encryption }: JoinOptions,
  self: Member | undefined,
  media: (role: JoinOptions['role']) => MediaState,
): JoinPayload {
  const role = self === undefined ? wanted : self.role === 'viewer' ? 'viewer' : 'participant';
  const metadata = (self?.metadata as Metadata | undefined) ?? first;
  return {
    room,
    name: self?.name ?? name,
    media: media(role),
    modes: MODES,
    ...(role === undefined ? {} : { role }),
    ...(mode === undefined ? {} : { mode }),
    ...(encryption === undefined ? {} : { encrypted: true }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}
