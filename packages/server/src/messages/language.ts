import { en } from './en.js';
import { ko } from './ko.js';

export type Messages = typeof en;

export const LANGUAGES = { en, ko } as const satisfies Record<string, Messages>;
export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];

/** A sentence that waits for the language in which it is read. */
export type Sentence = (messages: Messages) => string;

export function messagesIn(language: Language): Messages {
  return LANGUAGES[language];
}

/** A language of ours by a BCP 47 or POSIX name of it (`ko`, `ko-KR`, `ko_KR.UTF-8`); undefined for any other. */
export function languageNamed(name: string | undefined): Language | undefined {
  const code = name
    ?.trim()
    .toLowerCase()
    .split(/[-_.@]/)[0];
  return LANGUAGE_CODES.find((language) => language === code);
}
