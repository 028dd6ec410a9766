import { en } from './en.js';
import { ko } from './ko.js';

export type Messages = typeof en;

/** Every language by its BCP 47 code, under the name it calls itself. */
export const LANGUAGES = {
  en: { name: 'English', messages: en },
  ko: { name: '한국어', messages: ko },
} as const satisfies Record<string, { name: string; messages: Messages }>;

export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];

/** The first of `wanted` (BCP 47 tags, best first) that there are messages for; English when there is none. */
export function pickLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const code = tag?.toLowerCase().split('-')[0];
    const known = LANGUAGE_CODES.find((language) => language === code);
    if (known) return known;
  }
  return 'en';
}
