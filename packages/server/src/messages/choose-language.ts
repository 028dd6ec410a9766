import { type Language, languageNamed } from './language.js';

/** What a command line says about its language, before anything of it is understood. */
export interface LanguageHints {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The system's locale, where the environment has none. */
  readonly locale: string | undefined;
}

/**
 * The language of the command line: `--lang`, then `MADANG_LANG`, then the locale of messages as POSIX has it (the first
 * of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides), then the system's; English for all others. A name that is
 * no language of ours is passed over here; reading the settings complains of it.
 */
export function chooseLanguage({ argv, env, locale }: LanguageHints): Language {
  const posix = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return languageNamed(flagIn(argv)) ?? languageNamed(env.MADANG_LANG) ?? languageNamed(posix ?? locale) ?? 'en';
}

function flagIn(argv: readonly string[]): string | undefined {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const at = flags.findLastIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  if (at === -1) return undefined;
  return flags[at] === '--lang' ? flags[at + 1] : flags[at]!.slice('--lang='.length);
}
