import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './tooltip-layer.module.css';

const HOVER_MS = 400;
const GAP_PX = 8;

interface Shown {
  readonly control: Element;
  readonly text: string;
  readonly key: string | null;
}

/**
 * Draws the tooltip of the control under the mouse or under the keyboard's focus, whichever carries `data-tip`. It repeats
 * the control's name, so it is for the eyes only. Once per page.
 */
export function TooltipLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const tip = useRef<HTMLDivElement>(null);
  useEffect(() => watchControls(setShown), []);
  useLayoutEffect(() => {
    if (shown && tip.current) placeBeside(tip.current, shown.control);
  }, [shown]);
  if (!shown) return null;
  return (
    <div ref={tip} className={styles.tip} aria-hidden>
      {shown.text}
      {shown.key !== null && <kbd className={styles.key}>{shown.key}</kbd>}
    </div>
  );
}

function watchControls(show: (shown: Shown | null) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let under: Element | null = null;
  const marked = (target: EventTarget | null) => (target instanceof Element ? target.closest('[data-tip]') : null);
  const reveal = (control: Element) => {
    const text = control.getAttribute('data-tip');
    if (control.isConnected && text) show({ control, text, key: control.getAttribute('data-tip-key') });
  };
  const hide = () => {
    clearTimeout(timer);
    under = null;
    show(null);
  };
  const onOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType !== 'mouse') return;
    const control = marked(target);
    if (control === under) return;
    hide();
    under = control;
    if (control) timer = setTimeout(() => reveal(control), HOVER_MS);
  };
  const onFocus = ({ target }: FocusEvent) => {
    const control = marked(target);
    if (control?.matches(':focus-visible')) reveal(control);
  };
  const onKey = ({ key }: KeyboardEvent) => {
    if (key !== 'Tab') hide();
  };
  const leave = new AbortController();
  const { signal } = leave;
  document.addEventListener('pointerover', onOver, { signal });
  document.addEventListener('focusin', onFocus, { signal });
  document.addEventListener('focusout', hide, { signal });
  document.addEventListener('pointerdown', hide, { signal });
  document.addEventListener('keydown', onKey, { signal });
  return () => {
    leave.abort();
    clearTimeout(timer);
  };
}

/** Above the control where there is room, else below; never over the edges of the window. */
function placeBeside(tip: HTMLElement, control: Element): void {
  const { left, top, bottom, width } = control.getBoundingClientRect();
  const above = top - GAP_PX - tip.offsetHeight;
  const x = Math.min(
    Math.max(GAP_PX, left + width / 2 - tip.offsetWidth / 2),
    window.innerWidth - tip.offsetWidth - GAP_PX,
  );
  tip.style.left = `${Math.round(x)}px`;
  tip.style.top = `${Math.round(above >= 0 ? above : bottom + GAP_PX)}px`;
}
