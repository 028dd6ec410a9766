import { createStore } from 'zustand/vanilla';
import { remember, remembered } from './local-store.js';

/** How the tiles stand: by themselves, all alike, or who speaks large. */
export const LAYOUTS = ['auto', 'tiles', 'speaker'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** What comes in through the media server; see `Room.setReception`. */
export const RECEPTIONS = ['everything', 'low', 'audio-only'] as const;

/** A person's choices, kept on this device from one call to the next. */
export interface Preferences {
  readonly name: string;
  readonly wantsMicrophone: boolean;
  readonly wantsCamera: boolean;
  readonly microphoneId?: string | undefined;
  readonly cameraId?: string | undefined;
  readonly speakerId?: string | undefined;
  /** True once the browser has handed out a device here: no need to explain its question again. */
  readonly hasAllowed: boolean;
  readonly layout: Layout;
  readonly reception: (typeof RECEPTIONS)[number];
}

const FIRST: Preferences = {
  name: '',
  wantsMicrophone: true,
  wantsCamera: true,
  hasAllowed: false,
  layout: 'auto',
  reception: 'everything',
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The stored object with every field of the wrong kind replaced by its default. */
export function readPreferences(stored: Record<string, unknown>): Preferences {
  const text = (key: string) => (typeof stored[key] === 'string' && stored[key] !== '' ? stored[key] : undefined);
  const flag = (key: 'wantsMicrophone' | 'wantsCamera' | 'hasAllowed') =>
    typeof stored[key] === 'boolean' ? stored[key] : FIRST[key];
  return {
    name: text('name') ?? '',
    wantsMicrophone: flag('wantsMicrophone'),
    wantsCamera: flag('wantsCamera'),
    hasAllowed: flag('hasAllowed'),
    microphoneId: text('microphoneId'),
    cameraId: text('cameraId'),
    speakerId: text('speakerId'),
    layout: LAYOUTS.find((layout) => layout === stored.layout) ?? FIRST.layout,
    reception: RECEPTIONS.find((reception) => reception === stored.reception) ?? FIRST.reception,
  };
}

export const preferences = createStore<Preferences>(() => readPreferences(remembered('preferences', isObject) ?? {}));

/** Changes some of them and remembers all. */
export function prefer(change: Partial<Preferences>): void {
  preferences.setState(change);
  remember('preferences', preferences.getState());
}
