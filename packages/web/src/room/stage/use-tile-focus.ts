import { type KeyboardEvent, useCallback, useState } from 'react';
import { useCall } from '../../state/call-context.js';
import { togglePin } from './pins.js';
import type { PlacedTile } from './stage-plan.js';
import { isStep, stepTo } from './step-to.js';

interface TileFocus {
  /** The one tile that the tab key comes to; arrows lead from it to the others. */
  readonly reached: string | undefined;
  readonly onReach: (tileId: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** One stop of the tab key for all tiles: arrows, Home and End go between them, Enter makes one large or small. */
export function useTileFocus(placed: readonly PlacedTile[]): TileFocus {
  const call = useCall();
  const [last, setLast] = useState<string>();
  const reached = placed.some(({ tile }) => tile.id === last) ? last : placed[0]?.tile.id;
  const onReach = useCallback((tileId: string) => setLast(tileId), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const tileId = (event.target as HTMLElement).dataset.tile;
    if (tileId === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter') togglePin(call, tileId);
    else if (!isStep(event.key)) return;
    else focusTile(stepTo(placed, tileId, event.key));
    event.preventDefault();
  };
  return { reached, onReach, onKeyDown };
}

function focusTile(tileId: string | undefined): void {
  if (tileId !== undefined) document.querySelector<HTMLElement>(`[data-tile="${CSS.escape(tileId)}"]`)?.focus();
}
