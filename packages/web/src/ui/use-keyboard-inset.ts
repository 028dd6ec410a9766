import { useEffect } from 'react';
import { keyboardInset } from './keyboard-inset.js';

/** Keeps the style property `--keyboard` of the page at the height of an on-screen keyboard that lies over it. */
export function useKeyboardInset(): void {
  useEffect(() => {
    const visible = window.visualViewport;
    if (!visible) return;
    const { style } = document.documentElement;
    const measure = () => style.setProperty('--keyboard', `${keyboardInset(window.innerHeight, visible)}px`);
    measure();
    visible.addEventListener('resize', measure);
    visible.addEventListener('scroll', measure);
    return () => {
      visible.removeEventListener('resize', measure);
      visible.removeEventListener('scroll', measure);
      style.removeProperty('--keyboard');
    };
  }, []);
}
