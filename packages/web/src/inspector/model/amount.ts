/** Bits per second as people read it: `64 kbit/s`, `1.2 Mbit/s`. */
export function bitrateText(bps: number): string {
  if (bps < 1_000) return `${Math.round(bps)} bit/s`;
  return bps < 1_000_000 ? `${Math.round(bps / 1_000)} kbit/s` : `${(bps / 1_000_000).toFixed(1)} Mbit/s`;
}

/** A share of 0…1 in per cent, with one place behind the point unless it is none at all. */
export function shareText(share: number): string {
  return share === 0 ? '0 %' : `${(share * 100).toFixed(1)} %`;
}

/** A measured time, exact to a tenth below ten milliseconds. */
export function millisecondsText(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
