/** The path of a room inside the app, as the address line shows it. */
export function roomPath(room: string): string {
  return `/r/${encodeURIComponent(room)}`;
}

/** The absolute address to send to others. */
export function roomLink(room: string, origin: string, basePath: string): string {
  return origin + basePath + roomPath(room);
}

/** True for an address that means another machine wherever it is opened. */
export function isLocalOnly(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname) || hostname.endsWith('.localhost');
}
