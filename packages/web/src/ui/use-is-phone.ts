import { useMediaQuery } from './use-media-query.js';

/**
 * A phone, upright or on its side, or a window as small as one: what opens comes up from the lower edge there. The style
 * sheets spell the same condition out. A tablet stays one while its keyboard takes half of the height.
 */
const PHONE = '(max-width: 619px), (max-width: 959px) and (max-height: 479px)';

export function useIsPhone(): boolean {
  return useMediaQuery(PHONE);
}
