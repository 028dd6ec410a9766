/**
 * By how much a value grows with another one: the median slope between its lowest points (Theil and Sen). Memory that is
 * collected now and then goes up and down; what stays is in its lowest points, of which there is one for each of `windows`
 * parts of the samples. The median does not mind the odd one that is off.
 */
export function growth(samples, { of, per, windows = 6 }) {
  const lows = lowestOfEach(samples, of, windows);
  const slopes = [];
  for (let one = 0; one < lows.length; one++) {
    for (let other = one + 1; other < lows.length; other++) {
      const run = per(lows[other]) - per(lows[one]);
      if (run > 0) slopes.push((of(lows[other]) - of(lows[one])) / run);
    }
  }
  slopes.sort((a, b) => a - b);
  const middle = slopes.length >> 1;
  if (slopes.length === 0) return 0;
  return slopes.length % 2 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
}

function lowestOfEach(samples, of, windows) {
  const many = Math.min(windows, samples.length);
  return Array.from({ length: many }, (_, ix) => {
    const part = samples.slice(
      Math.floor((ix * samples.length) / many),
      Math.floor(((ix + 1) * samples.length) / many),
    );
    return part.reduce((lowest, sample) => (of(sample) < of(lowest) ? sample : lowest));
  });
}
