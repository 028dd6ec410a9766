import type { Finding, Step } from '@madang/client';

/** What is to be said above everything else. */
export type Verdict =
  | { readonly at: 'findings' }
  /** Nobody else is here, and nothing stands in the way. */
  | { readonly at: 'alone' }
  /** A step has failed, and nothing tells why. */
  | { readonly at: 'stuck' }
  /** Nothing is wrong, and not every step is done yet. */
  | { readonly at: 'underway' }
  | { readonly at: 'well'; readonly connections: number };

/** `ladders`: the steps of each connection that is not over. */
export function verdict(findings: readonly Finding[], ladders: readonly (readonly Step[])[]): Verdict {
  if (findings.length > 0) return { at: 'findings' };
  if (ladders.length === 0) return { at: 'alone' };
  if (ladders.flat().some(({ state }) => state === 'failed')) return { at: 'stuck' };
  const isDone = ladders.flat().every(({ state }) => state === 'done' || state === 'skipped');
  return isDone ? { at: 'well', connections: ladders.length } : { at: 'underway' };
}
