/** Reads the ICE servers of a `Link` header (RFC 9725 §4.6). */
export function iceServersOf(link: string | null): RTCIceServer[] {
  const servers: RTCIceServer[] = [];
  for (const [, url = '', parameters = ''] of (link ?? '').matchAll(
    /<([^>]*)>((?:\s*;\s*[\w-]+=(?:"(?:[^"\\]|\\.)*"|[^;,\s]*))*)/g,
  )) {
    const told = new Map<string, string>();
    for (const [, name = '', quoted, bare] of parameters.matchAll(/;\s*([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^;,\s]*))/g)) {
      told.set(name.toLowerCase(), quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1'));
    }
    if (told.get('rel') !== 'ice-server') continue;
    const [username, credential] = [told.get('username'), told.get('credential')];
    servers.push(
      username === undefined || credential === undefined ? { urls: url } : { urls: url, username, credential },
    );
  }
  return servers;
}
