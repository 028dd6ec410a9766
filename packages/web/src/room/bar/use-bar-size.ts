import { useIsPhone } from '../../ui/use-is-phone.js';
import { useMediaQuery } from '../../ui/use-media-query.js';

/** How much of the controls has room in the bar; the rest is under “More”. */
export type BarSize = 'wide' | 'middle' | 'narrow';

export function useBarSize(): BarSize {
  const isPhone = useIsPhone();
  const isWide = useMediaQuery('(min-width: 1000px)');
  const isMiddle = useMediaQuery('(min-width: 720px)');
  if (isPhone || !isMiddle) return 'narrow';
  return isWide ? 'wide' : 'middle';
}
