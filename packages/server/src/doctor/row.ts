import { type Messages, messagesIn } from '../messages/index.js';
import type { Verdict } from './verdict.js';

export type CheckId = keyof Messages['doctor']['titles'];

/** Every check's id, in the order of the table. */
export const CHECK_IDS = Object.keys(messagesIn('en').doctor.titles) as CheckId[];

/** One row of the doctor's table. */
export interface Row {
  readonly id: CheckId;
  /** Which one, where a check looks at several. */
  readonly subject: string | undefined;
  readonly verdict: Verdict;
}

/** Whether something in the table stands in the way of a call. */
export function blocksCalls(rows: readonly Row[]): boolean {
  return rows.some(({ verdict }) => verdict.status === 'bad');
}
