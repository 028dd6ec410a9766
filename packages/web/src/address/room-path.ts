/** The path of a room inside the app, as the address line shows it. */
export function roomPath(room: string): string {
  return `/r/${encodeURIComponent(room)}`;
}

/** The absolute address of a room below a base address, which may end in a slash. */
export function roomLink(room: string, base: string): string {
  return base.replace(/\/+$/, '') + roomPath(room);
}

interface Server {
  readonly basePath: string;
  /** Base addresses that other machines reach it under. */
  readonly lanUrls: readonly string[];
}

export interface InvitationLink {
  readonly link: string;
  /** The link opens on this machine only, and nothing better is known. */
  readonly isLocalOnly: boolean;
}

/** The address to send to others: the page's own, or on the server's own machine one that others reach. */
export function invitationLink(
  room: string,
  page: Pick<Location, 'origin' | 'hostname'>,
  { basePath, lanUrls }: Server,
): InvitationLink {
  const own = { link: roomLink(room, page.origin + basePath), isLocalOnly: meansThisMachine(page.hostname) };
  const reachable = own.isLocalOnly ? lanUrls[0] : undefined;
  return reachable === undefined ? own : { link: roomLink(room, reachable), isLocalOnly: false };
}

/** True for an address that means another machine wherever it is opened. */
function meansThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname) || hostname.endsWith('.localhost');
}
