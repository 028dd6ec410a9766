import type { Source } from '@madang/protocol';
import type { FactOf } from '../record/index.js';

export type MediaFact = FactOf<'media-asked' | 'media-got' | 'media-failed' | 'media-ended' | 'media-muted'>;

interface OpenSource {
  readonly state: 'on' | 'muted';
  readonly sinceMs: number;
  /** The device's. */
  readonly label: string;
  /** Since when no data comes from the device, by the system's doing. */
  readonly heldBackMs: number | undefined;
}

/** How it stands with one of one's own sources. */
export type OwnSource =
  | { readonly state: 'off' }
  | { readonly state: 'asked'; readonly sinceMs: number }
  | { readonly state: 'failed'; readonly sinceMs: number; readonly failure: FactOf<'media-failed'> }
  | { readonly state: 'unplugged'; readonly sinceMs: number; readonly label: string }
  | OpenSource;

/** What became of the sources that were ever asked for. */
export function ownSources(facts: readonly MediaFact[]): ReadonlyMap<Source, OwnSource> {
  const sources = new Map<Source, OwnSource>();
  for (const fact of facts) sources.set(fact.source, step(sources.get(fact.source) ?? { state: 'off' }, fact));
  return sources;
}

export const isOpen = (source: OwnSource | undefined): source is OpenSource =>
  source?.state === 'on' || source?.state === 'muted';

function step(before: OwnSource, fact: MediaFact): OwnSource {
  const sinceMs = fact.atMs;
  switch (fact.type) {
    // While another device is asked for, the one before is still there.
    case 'media-asked':
      return isOpen(before) ? before : { state: 'asked', sinceMs };
    case 'media-got':
      return { state: 'on', sinceMs, label: fact.label, heldBackMs: undefined };
    case 'media-failed':
      return isOpen(before) ? before : failed(fact);
    case 'media-ended':
      if (fact.by === 'person' || !isOpen(before)) return { state: 'off' };
      return { state: 'unplugged', sinceMs, label: before.label };
    case 'media-muted':
      return isOpen(before) ? muted(before, fact) : before;
  }
}

/** Who closes the picker of a screen share, or stops a source that is being opened, misses nothing. */
function failed(failure: FactOf<'media-failed'>): OwnSource {
  return failure.kind === 'cancelled' ? { state: 'off' } : { state: 'failed', sinceMs: failure.atMs, failure };
}

function muted(before: OpenSource, fact: FactOf<'media-muted'>): OwnSource {
  if (fact.by === 'system') return { ...before, heldBackMs: fact.muted ? (before.heldBackMs ?? fact.atMs) : undefined };
  return { ...before, state: fact.muted ? 'muted' : 'on', sinceMs: fact.atMs };
}
