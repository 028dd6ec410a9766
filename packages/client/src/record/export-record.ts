import { AddressMasks } from './address-masks.js';
import type { Fact } from './fact.js';

/** Of the file; a change that an old reader can't live with adds one. */
export const RECORD_VERSION = 1;
export const RECORD_FORMAT = 'madang-call-record';

export interface ExportOptions {
  /** `masked`: addresses, names of people and devices are replaced by names that stay the same throughout the file. */
  readonly addresses: 'masked' | 'plain';
  /** When it is written, in wall-clock milliseconds. Default: now. */
  readonly wallMs?: number;
}

/** The record as one JSON file for a bug report; `readRecord` reads it. Keys and passwords are not in it either way. */
export function exportRecord(facts: readonly Fact[], options: ExportOptions): string {
  const { addresses, wallMs = Date.now() } = options;
  const written = facts.map((fact) => withoutSecrets(fact));
  return JSON.stringify({
    format: RECORD_FORMAT,
    version: RECORD_VERSION,
    exportedWallMs: wallMs,
    addresses,
    facts: addresses === 'plain' ? written : masked(written),
  });
}

/** The password of an ICE session (RFC 8839 §5.4), and whoever names himself in the address of a server. */
function withoutSecrets(fact: Fact): Fact {
  if (fact.type === 'description') return { ...fact, sdp: fact.sdp.replace(/^(a=ice-pwd:).*$/gm, '$1…') };
  if (fact.type === 'ice-servers') return { ...fact, urls: fact.urls.map(withoutUser) };
  if (fact.type === 'candidate-error') return { ...fact, url: withoutUser(fact.url) };
  return fact;
}

const withoutUser = (url: string): string => url.replace(/^(\w+:)[^@]*@/, '$1');

/** Values of these fields name a person or a thing of a person. A browser's name and version is none. */
const NAMES: Readonly<Record<string, string>> = { name: 'person', label: 'device', deviceId: 'id', groupId: 'id' };
const KEPT = new Set(['userAgent', 'type']);

function masked(facts: readonly Fact[]): unknown {
  const addresses = new AddressMasks();
  const names = new Map<string, string>();
  const rename = (kind: string, value: string): string => {
    if (value === '') return value;
    const key = `${kind} ${value}`;
    const known = names.get(key) ?? `${kind}-${names.size + 1}`;
    names.set(key, known);
    return known;
  };
  const walk = (value: unknown, field: string, type: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, field, type));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, walk(inner, inside(field, key), type)]),
      );
    }
    if (typeof value !== 'string' || KEPT.has(field)) return value;
    const kind = NAMES[field];
    // The name of a failure is the browser's word for it.
    if (kind === undefined || (field === 'name' && type !== 'member')) return addresses.mask(value);
    return rename(kind, value);
  };
  return facts.map((fact) => walk(fact, '', fact.type));
}

/** Of `deviceId: { ideal: … }` the inner value is an id too. */
const inside = (field: string, key: string): string => (NAMES[field] === undefined ? key : field);
