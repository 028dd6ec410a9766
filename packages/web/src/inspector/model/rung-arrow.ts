import type { StepId } from '@madang/client';
import { type Connection, factsOf } from './connections.js';

/** Which way a rung goes between this side (left) and the other (right). */
export type Arrow = 'right' | 'left' | 'both' | 'here';

const FIXED: Partial<Record<StepId, Arrow>> = {
  media: 'here',
  'candidates-sent': 'right',
  'candidates-received': 'left',
  'first-sent': 'right',
  'first-rendered': 'left',
};

/** Offer and answer go the way that the newest one went; which way that is, is not known before. */
export function rungArrow(step: StepId, connection?: Pick<Connection, 'facts'>): Arrow {
  if (connection !== undefined && (step === 'offer' || step === 'answer')) {
    const newest = factsOf(connection, 'description').findLast(({ kind }) => kind === step);
    if (newest) return newest.direction === 'sent' ? 'right' : 'left';
  }
  return FIXED[step] ?? 'both';
}
