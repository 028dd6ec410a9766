import type { CheckFields } from './check-fields.js';
import type { LiteAgent, OwnSecret } from './lite-agent.js';

const COLON = 0x3a;

/**
 * With which credentials of an agent a check speaks: its USERNAME is `ours:theirs` (RFC 8445 §7.2.2). Null when it is for
 * somebody else. Compares bytes where they stand; what is compared is no secret.
 */
export function namedSecret(agent: LiteAgent, bytes: Uint8Array, fields: CheckFields): OwnSecret | null {
  const theirs = agent.remote?.ufrag ?? null;
  if (isFor(agent.own.ufrag, theirs, bytes, fields)) return agent.own;
  const { previous } = agent;
  return previous !== null && isFor(previous.ufrag, null, bytes, fields) ? previous : null;
}

/** Whether a check with these credentials of ours has the name that the other side was described with last. */
export function isOfPresent(agent: LiteAgent, secret: OwnSecret, bytes: Uint8Array, fields: CheckFields): boolean {
  return agent.remote !== null && isFor(secret.ufrag, agent.remote.ufrag, bytes, fields);
}

/** Where the colon stands; -1 when there is none in the first 257 bytes. */
export function colonAt(bytes: Uint8Array, { usernameAt, usernameLength }: CheckFields): number {
  const colon = bytes.indexOf(COLON, usernameAt);
  return colon < usernameAt + Math.min(usernameLength, 257) ? colon : -1;
}

/** `theirs` is null where it is not known, or not known any more. */
function isFor(ours: string, theirs: string | null, bytes: Uint8Array, fields: CheckFields): boolean {
  const { usernameAt, usernameLength } = fields;
  const theirsAt = usernameAt + ours.length + 1;
  if (usernameLength <= ours.length || bytes[theirsAt - 1] !== COLON) return false;
  for (let ix = 0; ix < ours.length; ix++) if (bytes[usernameAt + ix] !== ours.charCodeAt(ix)) return false;
  if (theirs === null) return true;
  if (usernameLength !== ours.length + 1 + theirs.length) return false;
  for (let ix = 0; ix < theirs.length; ix++) if (bytes[theirsAt + ix] !== theirs.charCodeAt(ix)) return false;
  return true;
}
