import { type TouchEvent, useRef } from 'react';
import { useCall } from '../../state/call-context.js';
import { turnPage } from './pins.js';

/** So far a finger goes before it means another page, in CSS pixels, and so much more sideways than up or down. */
const FAR_PX = 60;
const LEVEL = 1.5;

/** Turns the pages of the stage as a finger passes over it, to the side it goes. */
export function useSwipe(hasPages: boolean) {
  const call = useCall();
  const start = useRef<{ readonly x: number; readonly y: number }>(undefined);
  if (!hasPages) return {};
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches.length === 1 ? touches[0] : undefined;
      start.current = touch && { x: touch.clientX, y: touch.clientY };
    },
    onTouchEnd: ({ changedTouches }: TouchEvent) => {
      const [from, to] = [start.current, changedTouches[0]];
      start.current = undefined;
      if (!from || !to) return;
      const dx = to.clientX - from.x;
      if (Math.abs(dx) < FAR_PX || Math.abs(dx) < LEVEL * Math.abs(to.clientY - from.y)) return;
      turnPage(call, dx < 0 ? 1 : -1);
    },
  };
}
