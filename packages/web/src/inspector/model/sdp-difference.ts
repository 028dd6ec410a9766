import { diffArrays } from 'diff';
import { sdpLines } from './sdp-sections.js';

export interface DifferenceLine {
  readonly change: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** What has to be done to the lines of `before` to come to those of `after`, in their order. */
export function sdpDifference(before: string, after: string): readonly DifferenceLine[] {
  return diffArrays([...sdpLines(before)], [...sdpLines(after)]).flatMap(({ added, removed, value }) =>
    value.map((text) => ({ change: added ? 'added' : removed ? 'removed' : 'same', text }) as const),
  );
}

/** The same with long stretches of what did not change folded into their number. */
export function foldSame(
  lines: readonly DifferenceLine[],
  around = 2,
): readonly (DifferenceLine | { readonly folded: number })[] {
  const isNear = lines.map((_, ix) =>
    lines.slice(Math.max(0, ix - around), ix + around + 1).some(({ change }) => change !== 'same'),
  );
  const shown: (DifferenceLine | { folded: number })[] = [];
  for (const [ix, line] of lines.entries()) {
    const last = shown.at(-1);
    if (isNear[ix]) shown.push(line);
    else if (last !== undefined && 'folded' in last) last.folded += 1;
    else shown.push({ folded: 1 });
  }
  return shown;
}
