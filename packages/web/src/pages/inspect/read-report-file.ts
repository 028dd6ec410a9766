import { readRecord } from '@madang/client';

/** Far more than any report has. */
const MOST_BYTES = 64 * 1024 * 1024;

export type ReadReport =
  | { readonly ok: true; readonly name: string; readonly report: ReturnType<typeof readRecord> }
  | { readonly ok: false; readonly name: string; readonly problem: 'not-report' | 'unreadable' | 'too-large' };

/** Opens a saved report. Whatever else somebody drops is refused with a reason. */
export async function readReportFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<ReadReport> {
  const { name, size } = file;
  if (size > MOST_BYTES) return { ok: false, name, problem: 'too-large' };
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return { ok: false, name, problem: 'unreadable' };
  try {
    return { ok: true, name, report: readRecord(text) };
  } catch {
    return { ok: false, name, problem: 'not-report' };
  }
}
