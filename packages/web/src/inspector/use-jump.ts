import type { PeerId, StepId } from '@madang/client';
import { type RefObject, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { type OpenRungs, rungKey } from './open-rungs.js';

interface Jump {
  readonly rungs: OpenRungs;
  /** Opens a rung, brings it into view and gives it the focus. */
  readonly jump: (peer: PeerId | undefined, step: StepId) => void;
}

export function useJump(root: RefObject<HTMLElement | null>): Jump {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  return useMemo(() => {
    const set = (key: string, isOpen: boolean) =>
      setOpen((before) => (isOpen ? new Set([...before, key]) : new Set([...before].filter((other) => other !== key))));
    return {
      rungs: {
        isOpen: (peer, step) => open.has(rungKey(peer, step)),
        toggle: (peer, step) => set(rungKey(peer, step), !open.has(rungKey(peer, step))),
      },
      jump: (peer, step) => {
        flushSync(() => set(rungKey(peer, step), true));
        const row = rowOf(root.current, peer, step);
        row?.closest('details')?.setAttribute('open', '');
        row?.scrollIntoView({ block: 'center' });
        row?.focus({ preventScroll: true });
      },
    };
  }, [open, root]);
}

/** Found in the page, not by id: there may be several inspectors, and shadow trees around them. */
function rowOf(root: HTMLElement | null, peer: PeerId | undefined, step: StepId): HTMLElement | null | undefined {
  const sections = [...(root?.querySelectorAll<HTMLElement>('[data-own], section[data-peer]') ?? [])];
  const section = sections.find(({ dataset }) => (peer === undefined ? 'own' in dataset : dataset.peer === peer));
  return section?.querySelector<HTMLElement>(`[data-step="${step}"] button`);
}
