export type ShortcutAction = 'microphone' | 'camera' | 'chat' | 'people' | 'share' | 'hand' | 'help';

/** By the place of the key: with a Korean keyboard its letter is another one. */
const BY_CODE: Readonly<Record<string, ShortcutAction>> = {
  KeyM: 'microphone',
  KeyV: 'camera',
  KeyC: 'chat',
  KeyP: 'people',
  KeyD: 'share',
  KeyR: 'hand',
};

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

/** What a key asks for; undefined for all others, while modifiers are held, or while a syllable is being composed. */
export function readShortcut(press: KeyPress): ShortcutAction | undefined {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat || press.isComposing) return undefined;
  if (press.key === '?' || (press.code === 'Slash' && press.shiftKey)) return 'help';
  return press.shiftKey ? undefined : BY_CODE[press.code];
}

/** Where the focus is, as far as keys are concerned. */
export type FocusPlace = 'page' | 'control' | 'text';

const TEXT =
  'input:not([type=range],[type=checkbox],[type=radio],[type=button]), textarea, select, [contenteditable=true]';
const CONTROL =
  'button, a[href], input, [role=menu], [role=menuitem], [role=listbox], [role=slider], [role=tab], [role=dialog], [role=alertdialog]';

export function focusPlace(focused: Pick<Element, 'closest'> | null): FocusPlace {
  if (focused?.closest(TEXT)) return 'text';
  return focused?.closest(CONTROL) ? 'control' : 'page';
}
