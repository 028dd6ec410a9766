import type { Fact, FactOf } from '@madang/client';

type Source = FactOf<'media-asked'>['source'];

export interface ConstraintRow {
  readonly name: string;
  /** Empty where nothing was asked, or nothing is told. */
  readonly asked: string;
  readonly got: string;
}

/** The last time that a source was asked for, and what came of it. */
export interface Capture {
  readonly source: Source;
  readonly askedMs: number;
  readonly outcome:
    | { readonly state: 'asked' }
    | { readonly state: 'got'; readonly label: string; readonly atMs: number }
    | { readonly state: 'failed'; readonly name: string; readonly message: string; readonly atMs: number };
  readonly rows: readonly ConstraintRow[];
}

/** One capture for each source, in the order in which they were first asked for. */
export function captures(facts: readonly Fact[]): readonly Capture[] {
  const asked = new Map<Source, FactOf<'media-asked'>>();
  const ended = new Map<Source, FactOf<'media-got' | 'media-failed'>>();
  for (const fact of facts) {
    if (fact.type === 'media-asked') {
      asked.set(fact.source, fact);
      ended.delete(fact.source);
    }
    if (fact.type === 'media-got' || fact.type === 'media-failed') ended.set(fact.source, fact);
  }
  return [...asked.values()].map((ask) => captureOf(ask, ended.get(ask.source)));
}

function captureOf(ask: FactOf<'media-asked'>, end: FactOf<'media-got' | 'media-failed'> | undefined): Capture {
  const got = end?.type === 'media-got' ? end.settings : undefined;
  return {
    source: ask.source,
    askedMs: ask.atMs,
    outcome: outcomeOf(end),
    rows: constraintRows(ask.constraints, got),
  };
}

function outcomeOf(end: FactOf<'media-got' | 'media-failed'> | undefined): Capture['outcome'] {
  if (end === undefined) return { state: 'asked' };
  if (end.type === 'media-got') return { state: 'got', label: end.label, atMs: end.atMs };
  return { state: 'failed', name: end.name, message: end.message, atMs: end.atMs };
}

/** Ids say nothing to people, and are long. */
const UNREADABLE = /^(?:deviceId|groupId)$/;

/** What was asked beside what came, a row for each property that is in either. */
export function constraintRows(constraints: unknown, settings: unknown): readonly ConstraintRow[] {
  const asked = fields(constraints);
  const got = fields(settings);
  const names = [...new Set([...asked.keys(), ...got.keys()])].filter((name) => !UNREADABLE.test(name));
  return names.map((name) => ({ name, asked: valueText(asked.get(name)), got: valueText(got.get(name)) }));
}

function fields(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

/** A value of W3C mediacapture-streams §11: plain, or `{ ideal, exact, min, max }`. */
function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([word, inner]) => `${word} ${valueText(inner)}`)
      .join(', ');
  }
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : String(value);
}
