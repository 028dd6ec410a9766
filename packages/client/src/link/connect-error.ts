import type { MadangErrorCode } from '../madang-error.js';

/** Codes a server may turn a connection away with. Anything else in its place is a proxy speaking. */
const KNOWN: ReadonlySet<string> = new Set<MadangErrorCode>([
  'origin_refused',
  'too_many_connections',
  'protocol_mismatch',
  'rate_limited',
  'shutting_down',
  'forbidden',
]);

/**
 * Reads from a socket.io `connect_error` why the server turned the connection away: `data` of a middleware's error, or
 * the body of the HTTP answer that polling got. Undefined when nobody answered, or nobody we know.
 */
export function connectErrorCode(error: unknown): MadangErrorCode | undefined {
  const { data, context } = record(error);
  return codeIn(data) ?? codeIn(parsed(record(context).responseText));
}

function codeIn(value: unknown): MadangErrorCode | undefined {
  const { code, error } = record(value);
  const found = typeof code === 'string' ? code : record(error).code;
  return typeof found === 'string' && KNOWN.has(found) ? (found as MadangErrorCode) : undefined;
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
