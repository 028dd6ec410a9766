import type { PlacedTile } from './stage-plan.js';

export type Step = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';
const STEPS: readonly string[] = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] satisfies Step[];

export function isStep(key: string): key is Step {
  return STEPS.includes(key);
}

/** How much worse a tile is for each pixel that it lies off the straight way. */
const ASIDE = 3;

/** The tile that an arrow leads to from the tile `fromId`: the nearest that way. Undefined where there is none. */
export function stepTo(placed: readonly PlacedTile[], fromId: string, step: Step): string | undefined {
  if (step === 'Home') return placed[0]?.tile.id;
  if (step === 'End') return placed.at(-1)?.tile.id;
  const from = placed.find(({ tile }) => tile.id === fromId);
  if (from === undefined) return placed[0]?.tile.id;
  const here = centre(from);
  let best: { id: string; cost: number } | undefined;
  for (const other of placed) {
    if (other === from) continue;
    const cost = costOf(here, centre(other), step);
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { id: other.tile.id, cost };
  }
  return best?.id;
}

const centre = ({ rect }: PlacedTile) => ({ x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 });

function costOf(from: { x: number; y: number }, to: { x: number; y: number }, step: Step): number | undefined {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const isLevel = step === 'ArrowLeft' || step === 'ArrowRight';
  const along = isLevel ? dx : dy;
  const ahead = step === 'ArrowLeft' || step === 'ArrowUp' ? -along : along;
  return ahead > 1 ? ahead + ASIDE * Math.abs(isLevel ? dy : dx) : undefined;
}
