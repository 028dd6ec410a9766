const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A number of bytes as people read it: `208 KiB`, `1.5 GiB`. */
export function amount(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_024 && unit < UNITS.length - 1) {
    value /= 1_024;
    unit += 1;
  }
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A moment as `2026-11-22 11:30 UTC`. */
export function moment(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** A day as `2026-11-22`. */
export function day(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
