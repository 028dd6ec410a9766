export { chooseLanguage, type LanguageHints } from './choose-language.js';
export { displayWidth, padDisplay } from './display-width.js';
export {
  LANGUAGE_CODES,
  LANGUAGES,
  type Language,
  languageNamed,
  type Messages,
  messagesIn,
  type Sentence,
} from './language.js';
