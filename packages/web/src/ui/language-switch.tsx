import { Languages } from 'lucide-react';
import { LANGUAGE_CODES, LANGUAGES, type Language } from '../messages/index.js';
import { setLanguage, useLanguage, useMessages } from '../state/language-store.js';
import styles from './language-switch.module.css';

/** Each language under its own name, so that it is found by those who need it. */
export function LanguageSwitch() {
  const language = useLanguage();
  const { app } = useMessages();
  return (
    <label className={styles.switch}>
      <Languages size={18} aria-hidden />
      <select
        aria-label={app.language}
        className={styles.select}
        value={language}
        onChange={(event) => setLanguage(event.target.value as Language)}
      >
        {LANGUAGE_CODES.map((code) => (
          <option key={code} value={code} lang={code}>
            {LANGUAGES[code].name}
          </option>
        ))}
      </select>
    </label>
  );
}
