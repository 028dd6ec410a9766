import { type Fact, RecordError, type RecordErrorCode, readRecord } from '@madang/client';
import { recordMoment } from '../../inspector/model/wall-moment.js';

/** Far more than any report has. */
const MOST_BYTES = 64 * 1024 * 1024;

export type ReportProblem = RecordErrorCode | 'unreadable';

export type ReadReport =
  | { readonly ok: true; readonly name: string; readonly facts: readonly Fact[]; readonly nowMs: number }
  | { readonly ok: false; readonly name: string; readonly problem: ReportProblem };

/** Opens a saved report. Whatever else somebody drops is refused with a reason. */
export async function readReportFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<ReadReport> {
  const { name, size } = file;
  if (size > MOST_BYTES) return { ok: false, name, problem: 'too_large' };
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return { ok: false, name, problem: 'unreadable' };
  try {
    const { facts, exportedWallMs } = readRecord(text);
    return { ok: true, name, facts, nowMs: recordMoment(facts, exportedWallMs) };
  } catch (error) {
    return { ok: false, name, problem: error instanceof RecordError ? error.code : 'not_a_record' };
  }
}
