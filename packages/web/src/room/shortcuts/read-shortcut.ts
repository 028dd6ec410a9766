export type ShortcutAction =
  | 'microphone'
  | 'camera'
  | 'chat'
  | 'people'
  | 'inspector'
  | 'share'
  | 'hand'
  | 'fullscreen'
  | 'layout'
  | 'nextPage'
  | 'previousPage'
  | 'help'
  | `pin-${number}`
  | `reaction-${number}`;

/** By the place of the key: with a Korean keyboard its letter is another one. */
const BY_CODE: Readonly<Record<string, ShortcutAction>> = {
  KeyM: 'microphone',
  KeyV: 'camera',
  KeyC: 'chat',
  KeyP: 'people',
  KeyI: 'inspector',
  KeyD: 'share',
  KeyR: 'hand',
  KeyF: 'fullscreen',
  KeyW: 'layout',
};

/** Where nothing else is read by pages. */
const BY_CODE_ON_PAGE: Readonly<Record<string, ShortcutAction>> = { PageDown: 'nextPage', PageUp: 'previousPage' };

/** With Ctrl, or Command on a Mac: as in the best-known other program, and also while writing. */
const BY_COMMAND: Readonly<Record<string, ShortcutAction>> = { KeyD: 'microphone', KeyE: 'camera' };

/** One key for each of the first tiles on the page, 0 for oneself. */
const MOST_PINS = 9;
const MOST_REACTIONS = 6;

export interface KeyPress {
  readonly code: string;
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
}

/** Where the focus is, as far as keys are concerned. */
export type FocusPlace = 'page' | 'control' | 'text';

export interface KeyRules {
  readonly place: FocusPlace;
  readonly isMac: boolean;
  /** False when the person has switched off keys that work alone (WCAG 2.1.4). */
  readonly hasSingleKeys: boolean;
}

/** What a key asks for; undefined for all others, for one held down, and while a syllable is being composed. */
export function readShortcut(press: KeyPress, { place, isMac, hasSingleKeys }: KeyRules): ShortcutAction | undefined {
  if (press.repeat || press.isComposing) return undefined;
  const { ctrlKey, metaKey, altKey, shiftKey, code } = press;
  if (ctrlKey || metaKey) {
    const isCommand = ctrlKey !== metaKey && metaKey === isMac && !altKey && !shiftKey;
    return isCommand ? BY_COMMAND[code] : undefined;
  }
  if (place === 'text') return undefined;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
  const number = digit === undefined ? undefined : Number(digit);
  if (altKey) {
    return !shiftKey && number !== undefined && number >= 1 && number <= MOST_REACTIONS
      ? `reaction-${number}`
      : undefined;
  }
  if (!hasSingleKeys) return undefined;
  if (press.key === '?' || (code === 'Slash' && shiftKey)) return 'help';
  if (shiftKey) return undefined;
  if (number !== undefined) return number <= MOST_PINS ? `pin-${number}` : undefined;
  return BY_CODE[code] ?? (place === 'page' ? BY_CODE_ON_PAGE[code] : undefined);
}

/** Where letters are written, or searched for in a list. */
const TEXT =
  'input:not([type=range],[type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=combobox], [role=listbox], [role=menu]';
/** What the space bar already does something to. */
const CONTROL =
  'button, a[href], input, summary, [role=menuitem], [role=slider], [role=switch], [role=tab], [role=option], [role=log], [role=dialog], [role=alertdialog]';

export function focusPlace(focused: Pick<Element, 'closest'> | null): FocusPlace {
  if (focused?.closest(TEXT)) return 'text';
  return focused?.closest(CONTROL) ? 'control' : 'page';
}
