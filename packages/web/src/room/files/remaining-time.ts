import type { Messages } from '../../messages/index.js';

/** How long it still takes, in words, the coarser the longer. */
export function remainingTime(ms: number, files: Messages['files']): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 60) return files.remaining(files.seconds(seconds));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return files.remaining(files.minutes(minutes));
  return files.remaining(files.hours(Math.round(minutes / 60)));
}
