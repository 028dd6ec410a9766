/** A second section of picture in an offer to view. */
export function withSecondPicture(offer: string): string {
  const at = offer.indexOf('m=video');
  const again = offer.slice(at).replace('a=mid:1', 'a=mid:2');
  return `${offer}${again}`.replace('a=group:BUNDLE 0 1', 'a=group:BUNDLE 0 1 2');
}
