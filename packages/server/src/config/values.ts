import { parseHostRange } from '@madang/engine';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { messagesIn, type Sentence } from '../messages/index.js';

/** Schemas of single values. Flags and the environment bring text, the file brings what YAML made of it. */

/** What a refused value should have been, in whatever language; zod's own message is the English one. */
export function refuse(context: z.core.$RefinementCtx, input: unknown, wanted: Sentence): never {
  context.issues.push({ code: 'custom', message: wanted(messagesIn('en')), params: { wanted }, input });
  return z.NEVER;
}

/** The wanted of an issue that `refuse` made. */
export function wantedBy(issue: z.core.$ZodIssue | undefined): Sentence {
  const wanted = issue?.code === 'custom' ? (issue.params?.wanted as Sentence | undefined) : undefined;
  return wanted ?? ((m) => m.config.wanted.somethingElse);
}

/** One of these words. */
export function oneOf<const T extends string>(words: readonly T[]) {
  return z.unknown().transform((value, context): T => {
    const word = words.find((each) => each === value);
    return word ?? refuse(context, value, (m) => m.config.wanted.oneOf(words));
  });
}

function readWhole(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  return typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}

/** A whole number within the bounds, both included. */
export function whole(least: number, most: number) {
  return z.unknown().transform((value, context): number => {
    const number = readWhole(value);
    if (number !== undefined && number >= least && number <= most) return number;
    return refuse(context, value, (m) => m.config.wanted.whole(least, most));
  });
}

/** A port to listen on; 0 stands for any free one. `off`, as YAML's `false`, listens nowhere. */
export const PortOrOff = z.unknown().transform((value, context): number | 'off' => {
  if (value === false || value === 'off') return 'off';
  const number = readWhole(value);
  if (number !== undefined && number <= 65_535) return number;
  return refuse(context, value, (m) => m.config.wanted.portOrOff);
});

/** Below are the ports of well-known services, which nobody shall take a relay for. */
const LOWEST_RELAY_PORT = 1_024;

export const PortRange = z.unknown().transform((value, context): string => {
  const match = typeof value === 'string' ? /^\s*(\d{1,5})\s*-\s*(\d{1,5})\s*$/.exec(value) : null;
  const [from, to] = [Number(match?.[1]), Number(match?.[2])];
  if (from >= LOWEST_RELAY_PORT && to <= 65_535 && from <= to) return `${from}-${to}`;
  return refuse(context, value, (m) => m.config.wanted.portRange);
});

export const Flag = z.unknown().transform((value, context): boolean => {
  if (value === true || value === 'true' || value === '1') return true;
  if (value === false || value === 'false' || value === '0') return false;
  return refuse(context, value, (m) => m.config.wanted.flag);
});

export const FilePath = z.unknown().transform((value, context): string => {
  if (typeof value === 'string' && value !== '' && value.length <= 4_096) return value;
  return refuse(context, value, (m) => m.config.wanted.path);
});

/** One value or many; text may name several with commas between them. */
export function listOf<T>(item: z.ZodType<T>) {
  return z.unknown().transform((value, context): T[] => {
    const items = (Array.isArray(value) ? value : [value]).flatMap(splitText);
    return items.map((entry) => {
      const result = item.safeParse(entry);
      if (result.success) return result.data;
      return refuse(context, entry, wantedBy(result.error.issues[0]));
    });
  });
}

function splitText(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value];
  const parts = value.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

/** An IPv4 or IPv6 address in its canonical form, without brackets, zone or IPv4-mapped prefix. */
export const Address = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim().replace(/^\[(.*)\]$/, '$1') : '';
  if (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)) return ipaddr.process(text).toString();
  return refuse(context, value, (m) => m.config.wanted.address);
});

/** A range of addresses such as `10.0.0.0/8`, or one address. */
export const HostRange = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim() : '';
  return parseHostRange(text) === null ? refuse(context, value, (m) => m.config.wanted.hostRange) : text;
});

/** One secret or a list of them; commas belong to a secret. What is wrong with one is told without it. */
export const Secrets = z.unknown().transform((value, context): string[] => {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isSecret = (item: unknown): item is string => typeof item === 'string' && /^[\x21-\x7e]{1,256}$/.test(item);
  return list.every(isSecret) ? list : refuse(context, '', (m) => m.config.wanted.secret);
});

/** Whose `X-Forwarded-*` headers count. */
export const TrustedProxy = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === 'loopback' || text === 'all') return text;
  const address = Address.safeParse(text);
  if (address.success) return address.data;
  if (ipaddr.isValidCIDR(text)) return text;
  return refuse(context, value, (m) => m.config.wanted.proxy);
});

/** The origin of a web page as browsers write it: scheme, host, port when it isn't the scheme's own. `*` is any. */
export const Origin = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text === '*') return text;
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.pathname === '/' && !url.search && !url.hash && !url.username) return url.origin;
  return refuse(context, value, (m) => m.config.wanted.origin);
});

const PATH_SEGMENT = /^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$/;

/** Empty, or `/a/b`: with a leading slash and none at the end. */
export const BasePath = z.unknown().transform((value, context): string => {
  const text = typeof value === 'string' ? value.trim().replace(/^\/+|\/+$/g, '') : undefined;
  if (text === '') return '';
  if (text?.split('/').every((segment) => PATH_SEGMENT.test(segment))) return `/${text}`;
  return refuse(context, value, (m) => m.config.wanted.basePath);
});
