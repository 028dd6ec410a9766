import { type PointerEvent, useRef } from 'react';

/** Pulled down so far, or flicked so fast, a sheet closes. */
const FAR_PX = 90;
const FAST_PX_PER_MS = 0.6;

/** Lets a sheet be pulled down by its head. `move` places the sheet, `end` says whether it was meant to close. */
export function useSheetDrag(sheet: () => HTMLElement | null, onClose: () => void) {
  const drag = useRef<{ readonly y: number; readonly atMs: number } | null>(null);
  const place = (downPx: number) => {
    const { style } = sheet() ?? {};
    if (!style) return;
    style.transition = downPx === 0 ? 'transform 160ms ease-out' : 'none';
    style.transform = downPx === 0 ? '' : `translateY(${downPx}px)`;
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.target instanceof Element && event.target.closest('button')) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { y: event.clientY, atMs: event.timeStamp };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (drag.current) place(Math.max(0, event.clientY - drag.current.y));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const start = drag.current;
      drag.current = null;
      if (start && isMeantToClose(event.clientY - start.y, event.timeStamp - start.atMs)) onClose();
      else place(0);
    },
    onPointerCancel: () => {
      drag.current = null;
      place(0);
    },
  };
}

/** Far enough down, or on the way there at a flick's speed. */
export function isMeantToClose(downPx: number, tookMs: number): boolean {
  return downPx >= FAR_PX || (downPx > 24 && downPx / Math.max(1, tookMs) >= FAST_PX_PER_MS);
}
