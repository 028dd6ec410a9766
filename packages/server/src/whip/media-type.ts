export const SDP = 'application/sdp';
export const SDP_FRAGMENT = 'application/trickle-ice-sdpfrag';
export const MERGE_PATCH = 'application/merge-patch+json';

/** The type of a `Content-Type` without its parameters, in small letters; empty when there is none. */
export function mediaTypeOf(header: string | null): string {
  return (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Whether an `Accept` header (RFC 9110 §12.5.1) lets an answer be of this type. One that is missing accepts anything. */
export function accepts(header: string | null, type: string): boolean {
  if (header === null || header.trim() === '') return true;
  const [group = ''] = type.split('/', 1);
  const ranges = header.split(',').map((range) => range.split(';').map((part) => part.trim().toLowerCase()));
  const best = [type, `${group}/*`, '*/*'].flatMap((wanted) => ranges.find(([range]) => range === wanted) ?? []);
  if (best.length === 0) return false;
  // Of the parameters only a weight of nothing matters; the most specific range decides.
  const specific = ranges.find(([range]) => range === best[0]) ?? [];
  return !specific.some((parameter) => /^q=0(?:\.0{0,3})?$/.test(parameter));
}
