import { IceServer } from '@madang/protocol';
import { z } from 'zod';
import { refuse, wantedBy } from './values.js';

/** RFC 7064 and RFC 7065: scheme, host, port, and for TURN the transport. */
const ICE_URL = /^(?:stuns?:[^\s?,/@]+|turns?:[^\s?,/@]+(?:\?transport=(?:udp|tcp))?)$/i;

const IceServerEntry = z.strictObject({
  urls: z.union([z.string(), z.array(z.string()).min(1)]),
  username: z.string().optional(),
  credential: z.string().optional(),
});

/** One entry: a URL, or an object as of the W3C. A TURN server needs a name and a credential (W3C webrtc §4.2.4). */
export const IceServerValue = z.unknown().transform((value, context): IceServer => {
  const server = readServer(value);
  if (server === undefined || !server.urls.every((url) => ICE_URL.test(url))) {
    return refuse(context, value, (m) => m.config.wanted.iceServer);
  }
  const relays = server.urls.some((url) => /^turn/i.test(url));
  if (relays && (server.username === undefined || server.credential === undefined)) {
    return refuse(context, value, (m) => m.config.wanted.iceCredentials);
  }
  return server;
});

/** A TURN server that gets its credentials from our secret: a URL alone. */
export const TurnUrl = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim() : '';
  return /^turn/i.test(text) && ICE_URL.test(text) ? text : refuse(context, value, (m) => m.config.wanted.turnUrl);
});

function readServer(value: unknown): IceServer | undefined {
  if (typeof value === 'string') return { urls: [value.trim()] };
  const entry = IceServerEntry.safeParse(value);
  if (!entry.success) return undefined;
  const { urls, ...rest } = entry.data;
  return IceServer.parse({ urls: typeof urls === 'string' ? [urls] : urls, ...rest });
}

/** A list of entries. Text may be several URLs with commas between them, or a JSON array of objects. */
export const IceServers = z.unknown().transform((value, context): IceServer[] => {
  const entries = (Array.isArray(value) ? value : [value]).flatMap(splitEntries);
  return entries.map((entry) => {
    const result = IceServerValue.safeParse(entry);
    if (result.success) return result.data;
    return refuse(context, '', wantedBy(result.error.issues[0]));
  });
});

function splitEntries(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value];
  if (value.trim().startsWith('[')) {
    try {
      const list: unknown = JSON.parse(value);
      return Array.isArray(list) ? list : [list];
    } catch {
      return [undefined];
    }
  }
  return value
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '');
}
