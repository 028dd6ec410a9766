import { josa } from 'es-hangul';

type Particle = '이/가' | '을/를' | '은/는' | '와/과' | '으로/로';

const BOTH: Record<Particle, string> = {
  '이/가': '이(가)',
  '을/를': '을(를)',
  '은/는': '은(는)',
  '와/과': '와(과)',
  '으로/로': '(으)로',
};

/** How the digits are read. */
const DIGITS = '영일이삼사오육칠팔구';

/**
 * The word with the particle that its last syllable asks for. A word that ends in another script keeps both forms, as
 * Korean interfaces write it: how it is read can't be told from its letters.
 */
export function withJosa(word: string, particle: Particle): string {
  const last = word.at(-1) ?? '';
  const read = /\d/.test(last) ? (DIGITS[Number(last)] ?? '') : last;
  return /\p{Script=Hangul}/u.test(read) ? word + josa(read, particle).slice(1) : word + BOTH[particle];
}
