import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { Call, CallState } from './call.js';

export const CallContext = createContext<Call | null>(null);

/** The call of the room page around. */
export function useCall(): Call {
  const call = useContext(CallContext);
  if (!call) throw new Error('no call around');
  return call;
}

export function useCallState<T>(select: (state: CallState) => T): T {
  return useStore(useCall().store, select);
}
