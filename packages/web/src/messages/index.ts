export { LANGUAGE_CODES, LANGUAGES, type Language, type Messages, pickLanguage } from './language.js';
