import { cloneElement, type ReactElement } from 'react';

interface TooltipProps {
  readonly text: string;
  /** The key that does the same. */
  readonly shortcut?: string | undefined;
  readonly children: ReactElement;
}

/** Gives a control a tooltip. It is only marked here: one `TooltipLayer` for the whole page draws what is asked for. */
export function Tooltip({ text, shortcut, children }: TooltipProps) {
  return cloneElement(children as ReactElement<Record<string, unknown>>, {
    'data-tip': text,
    ...(shortcut === undefined ? {} : { 'data-tip-key': shortcut }),
  });
}
