const NAME = 'e2ee';
/** 128 bits: nobody guesses it, and the link stays short enough to be scanned. */
const SECRET_BYTES = 16;

/** The secret of an encrypted room in the part of an address that browsers keep to themselves: `#e2ee=SECRET`. */
export function readRoomSecret(hash: string): string | undefined {
  const secret = new URLSearchParams(hash.replace(/^#/, '')).get(NAME);
  return secret === null || secret.trim() === '' ? undefined : secret;
}

/** As it stands behind a link; nothing for a room that is not encrypted. */
export function secretFragment(secret: string | undefined): string {
  return secret === undefined ? '' : `#${NAME}=${encodeURIComponent(secret)}`;
}

export function drawRoomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The secret of the room that the page shows. Somebody who asks for an encrypted room by `?e2ee` and has no secret yet is
 * given one, and an address with it.
 */
export function roomSecretOfPage(page: Pick<Window, 'location' | 'history'>): string | undefined {
  const { location, history } = page;
  const secret = readRoomSecret(location.hash);
  if (secret !== undefined || !new URLSearchParams(location.search).has(NAME)) return secret;
  const drawn = drawRoomSecret();
  history.replaceState(history.state, '', `${location.pathname}${location.search}${secretFragment(drawn)}`);
  return drawn;
}
