/** The value that `share` (0 to 1) of the sorted `values` do not exceed, by nearest rank; NaN of none. */
export function percentile(values, share) {
  if (values.length === 0) return Number.NaN;
  return values[Math.max(0, Math.ceil(share * values.length) - 1)];
}

/** Of numbers in any order; of an even count the upper one of the two in the middle. */
export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
