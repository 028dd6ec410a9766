import { createStore } from 'zustand/vanilla';
import { remember, remembered } from './local-store.js';

const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Whether keys that work without another one held are shortcuts on this device. */
export const singleKeys = createStore<{ readonly on: boolean }>(() => ({
  on: remembered('single-keys', isFlag) ?? true,
}));

export function setSingleKeys(on: boolean): void {
  remember('single-keys', on);
  singleKeys.setState({ on });
}
