import { createContext, useContext } from 'react';
import type { Messages } from '../messages/index.js';

/** The sentences that the inspector needs. Whoever shows it says in which language. */
export type InspectorTexts = Pick<Messages, 'inspector' | 'diagnosis' | 'served'>;

export const InspectorTextsContext = createContext<InspectorTexts | null>(null);

export function useTexts(): InspectorTexts {
  const texts = useContext(InspectorTextsContext);
  if (!texts) throw new Error('no texts around');
  return texts;
}
