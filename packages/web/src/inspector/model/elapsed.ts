/** A moment as the time since another: `+0.012 s`, `+12.3 s`, `+3:07`. Moments before it have a minus sign. */
export function elapsedText(atMs: number, startMs: number): string {
  const ms = atMs - startMs;
  const sign = ms < 0 ? '−' : '+';
  const size = Math.abs(ms);
  if (size < 10_000) return `${sign}${(size / 1_000).toFixed(3)} s`;
  if (size < 60_000) return `${sign}${(size / 1_000).toFixed(1)} s`;
  return `${sign}${clockText(size)}`;
}

/** A length of time as minutes and seconds, hours in front where there are any: `3:07`, `1:02:09`. */
export function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [s, m, h] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3_600)];
  const two = (value: number) => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** How long something took: `8 ms`, `1.24 s`, `2:05`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1_000).toFixed(2)} s` : clockText(ms);
}
