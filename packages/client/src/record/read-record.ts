import { RECORD_FORMAT, RECORD_VERSION } from './export-record.js';
import type { Fact } from './fact.js';
import { FACT_SHAPES } from './fact-shapes.js';
import { RecordError } from './record-error.js';
import { isObject } from './shape.js';

const MOST_CHARS = 20_000_000;
const MOST_FACTS = 50_000;

/** A record as it was written by `exportRecord`. */
export interface RecordFile {
  readonly exportedWallMs: number;
  readonly addresses: 'masked' | 'plain';
  readonly facts: readonly Fact[];
}

/** Reads what `exportRecord` wrote. Refuses everything else with a `RecordError`, and throws nothing but that. */
export function readRecord(text: string): RecordFile {
  if (text.length > MOST_CHARS) throw new RecordError('too_large');
  const file = parsed(text);
  if (!isObject(file) || file.format !== RECORD_FORMAT) throw new RecordError('not_a_record', 'format');
  if (typeof file.version === 'number' && file.version > RECORD_VERSION) throw new RecordError('newer_version');
  const { version, exportedWallMs, addresses, facts } = file;
  if (version !== RECORD_VERSION) throw new RecordError('not_a_record', 'version');
  if (typeof exportedWallMs !== 'number') throw new RecordError('not_a_record', 'exportedWallMs');
  if (addresses !== 'masked' && addresses !== 'plain') throw new RecordError('not_a_record', 'addresses');
  if (!Array.isArray(facts) || facts.length > MOST_FACTS) throw new RecordError('not_a_record', 'facts');
  let last = Number.NEGATIVE_INFINITY;
  for (const [ix, fact] of facts.entries()) {
    const wrong = misfit(fact, `facts[${ix}]`) ?? ((fact as Fact).atMs < last ? `facts[${ix}].atMs` : undefined);
    if (wrong !== undefined) throw new RecordError('not_a_record', wrong);
    last = (fact as Fact).atMs;
  }
  return { exportedWallMs, addresses, facts: facts as Fact[] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordError('not_a_record', 'not JSON');
  }
}

function misfit(fact: unknown, at: string): string | undefined {
  if (!isObject(fact) || typeof fact.type !== 'string' || !Object.hasOwn(FACT_SHAPES, fact.type)) return `${at}.type`;
  return FACT_SHAPES[fact.type as Fact['type']](fact, at);
}
