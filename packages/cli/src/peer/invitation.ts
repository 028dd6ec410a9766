import { ConfigError } from '@madang/server';

/** Which room of which server. */
export interface Invitation {
  /** The server's base address, with a slash at its end. */
  readonly url: string;
  readonly room: string;
}

/**
 * Reads what stands for a room on the command line: its name, or the link that invites to it, which then says the server
 * too. Throws `ConfigError` when one of them is no address.
 */
export function readInvitation(room: string, url: string): Invitation {
  const link = /^(https?:\/\/[^?#]*\/)r\/([^/?#]+)\/?(?:[?#].*)?$/i.exec(room);
  if (link) return { url: checked(link[1]!), room: decode(link[2]!) };
  if (/^https?:\/\//i.test(room)) throw new ConfigError((m) => m.command.join.noLink(room));
  return { url: checked(url), room };
}

function checked(url: string): string {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new ConfigError((m) => m.command.join.noAddress(JSON.stringify(url)));
  }
  return url.endsWith('/') ? url : `${url}/`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
