import type { IceServer } from '@madang/protocol';

/** The `Link` header that tells a client its STUN and TURN servers (RFC 9725 §4.6), one link for each address. */
export function iceLinks(servers: readonly IceServer[]): string {
  return servers.flatMap((server) => server.urls.map((url) => linkTo(url, server))).join(', ');
}

function linkTo(url: string, { username, credential }: IceServer): string {
  const link = `<${url}>; rel="ice-server"`;
  if (username === undefined || credential === undefined) return link;
  return `${link}; username=${quoted(username)}; credential=${quoted(credential)}; credential-type="password"`;
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
