import { receives, sends } from './direction.js';
import type { DataAgreement, MediaAgreement, NegotiatedSection, Negotiation } from './negotiation.js';

/** What a description changes for whoever carries it out. */
export type Change =
  /** The first one: from here on there is a connection. */
  | { readonly type: 'connect' }
  /** New credentials on both sides (RFC 8445 §9). */
  | { readonly type: 'restart-ice' }
  /** Comes in from now on, or otherwise than before. */
  | { readonly type: 'receive'; readonly section: MediaAgreement }
  | { readonly type: 'stop-receiving'; readonly mid: string }
  /** Goes out from now on, or otherwise than before. */
  | { readonly type: 'send'; readonly section: MediaAgreement }
  | { readonly type: 'stop-sending'; readonly mid: string }
  | { readonly type: 'open-data'; readonly section: DataAgreement }
  | { readonly type: 'close-data'; readonly mid: string };

/** What is to be done when `after` takes the place of `before`; the connection's changes first, then by section. */
export function changesBetween(before: Negotiation | null, after: Negotiation): Change[] {
  const changes: Change[] = [];
  if (before === null) changes.push({ type: 'connect' });
  else if (hasRestarted(before, after)) changes.push({ type: 'restart-ice' });
  const old = before?.sections ?? [];
  for (let ix = 0; ix < Math.max(old.length, after.sections.length); ix++) {
    changes.push(...ends(old[ix], after.sections[ix]), ...beginnings(old[ix], after.sections[ix]));
  }
  return changes;
}

function hasRestarted(before: Negotiation, after: Negotiation): boolean {
  const [old, now] = [before.remote.credentials, after.remote.credentials];
  return old.ufrag !== now.ufrag || old.pwd !== now.pwd;
}

function ends(old: NegotiatedSection | undefined, now: NegotiatedSection | undefined): Change[] {
  if (old === undefined || old.type === 'closed' || old.mid === null) return [];
  const { mid } = old;
  const same = now !== undefined && now.type === old.type && now.mid === mid;
  if (old.type === 'data') return same ? [] : [{ type: 'close-data', mid }];
  const stays = same && now.type === 'media' ? now : null;
  const changes: Change[] = [];
  if (receives(old.direction) && !(stays && receives(stays.direction))) changes.push({ type: 'stop-receiving', mid });
  if (sends(old.direction) && !(stays && sends(stays.direction))) changes.push({ type: 'stop-sending', mid });
  return changes;
}

function beginnings(old: NegotiatedSection | undefined, now: NegotiatedSection | undefined): Change[] {
  if (now === undefined || now.type === 'closed' || isSame(old, now)) return [];
  if (now.type === 'data') return [{ type: 'open-data', section: now }];
  const changes: Change[] = [];
  if (receives(now.direction)) changes.push({ type: 'receive', section: now });
  if (sends(now.direction)) changes.push({ type: 'send', section: now });
  return changes;
}

/** Both are plain data with their fields in one order. */
function isSame(a: NegotiatedSection | undefined, b: NegotiatedSection): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
