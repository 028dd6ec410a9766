import type { PeerId, StepId } from '@madang/client';
import { createContext, useContext } from 'react';

/** Which rungs show their details. */
export interface OpenRungs {
  isOpen(peer: PeerId | undefined, step: StepId): boolean;
  toggle(peer: PeerId | undefined, step: StepId): void;
}

export const OpenRungsContext = createContext<OpenRungs>({ isOpen: () => false, toggle: () => {} });

export function useOpenRungs(): OpenRungs {
  return useContext(OpenRungsContext);
}

/** Names a rung among all those of one inspector. */
export function rungKey(peer: PeerId | undefined, step: StepId): string {
  return `${peer ?? ''}/${step}`;
}
