interface JoinWishes {
  readonly mode?: 'p2p' | 'sfu' | 'auto';
  readonly role?: 'viewer';
}

/** What the address asks for: `?mode=p2p|sfu|auto` for the first in the room, `?role=viewer` to watch only. */
export function joinWishes(search: string): JoinWishes {
  const wishes = new URLSearchParams(search);
  const mode = wishes.get('mode');
  return {
    ...(mode === 'p2p' || mode === 'sfu' || mode === 'auto' ? { mode } : {}),
    ...(wishes.get('role') === 'viewer' ? { role: 'viewer' as const } : {}),
  };
}
