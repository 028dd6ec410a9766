import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { DeskState, DeviceDesk } from './device-desk.js';

export const DeskContext = createContext<DeviceDesk | null>(null);

/** The desk of the room page around. */
export function useDesk(): DeviceDesk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no device desk around');
  return desk;
}

export function useDeskState<T>(select: (state: DeskState) => T): T {
  return useStore(useDesk().store, select);
}
