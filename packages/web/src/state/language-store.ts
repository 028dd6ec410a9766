import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { LANGUAGES, type Language, type Messages, pickLanguage } from '../messages/index.js';
import { remember, remembered } from './local-store.js';

const isText = (value: unknown): value is string => typeof value === 'string';

function firstLanguage(): Language {
  if (typeof navigator === 'undefined') return 'en';
  return pickLanguage([remembered('language', isText), ...navigator.languages]);
}

const languageStore = createStore<{ language: Language }>(() => ({ language: firstLanguage() }));

function markPage(language: Language): void {
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}
markPage(languageStore.getState().language);

/** Switches every text on the page at once and remembers the choice on this device. */
export function setLanguage(language: Language): void {
  remember('language', language);
  markPage(language);
  languageStore.setState({ language });
}

export function useLanguage(): Language {
  return useStore(languageStore, (state) => state.language);
}

/** The messages of the current language; a component that reads them is drawn anew when it changes. */
export function useMessages(): Messages {
  return LANGUAGES[useLanguage()].messages;
}

/** The messages of this moment, for what is said outside a component (toasts, announcements). */
export function currentMessages(): Messages {
  return LANGUAGES[languageStore.getState().language].messages;
}
