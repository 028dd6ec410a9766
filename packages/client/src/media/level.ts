/** Root mean square of samples in -1…1: 0 is silence, 1 the loudest a device can give. */
export function rootMeanSquare(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

const QUIETEST_DB = -60;

/** Brings a root mean square to 0…1 as ears hear it: -60 dB and below is 0, full scale is 1. */
export function meterLevel(rms: number): number {
  if (rms <= 0) return 0;
  const db = 20 * Math.log10(rms);
  return Math.min(1, Math.max(0, 1 - db / QUIETEST_DB));
}
