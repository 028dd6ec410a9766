import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** How loud each member is for this person only, 0…1. Forgotten with the page. */
const volumes = createStore<Readonly<Record<string, number>>>(() => ({}));

export function setVolume(memberId: string, volume: number): void {
  volumes.setState({ [memberId]: Math.min(1, Math.max(0, volume)) });
}

export function useVolume(memberId: string): number {
  return useStore(volumes, (all) => all[memberId] ?? 1);
}
