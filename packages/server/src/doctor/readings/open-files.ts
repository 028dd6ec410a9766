import { readFile } from 'node:fs/promises';
import type { OpenFilesReading } from '../checks/open-files.js';

/** This process's limits: from Linux's own table, elsewhere from Node's report of itself. */
export async function readOpenFiles(): Promise<OpenFilesReading | undefined> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits) ?? reportedLimits() ?? [];
  return soft === undefined || hard === undefined ? undefined : { soft: number(soft), hard: number(hard) };
}

function reportedLimits(): [string, string, string] | undefined {
  // Typed as an object only; https://nodejs.org/docs/latest-v20.x/api/report.html shows what is in it.
  const report = process.report?.getReport() as { userLimits?: Record<string, { soft: unknown; hard: unknown }> };
  const files = report?.userLimits?.open_files;
  return files && ['open files', String(files.soft), String(files.hard)];
}

function number(text: string): number {
  return text === 'unlimited' ? Number.POSITIVE_INFINITY : Number(text);
}
