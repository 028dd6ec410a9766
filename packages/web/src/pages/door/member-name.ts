import { charsOf } from '../../ui/chars-of.js';

export type MemberNameProblem = 'empty' | 'too-long' | 'bad-character';
export type MemberNameCheck =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: MemberNameProblem };

const LONGEST = 64;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** The rule of the protocol's `MemberName`, with the reason when a name breaks it. The name comes back normalised. */
export function checkMemberName(typed: string): MemberNameCheck {
  const name = typed.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (name === '') return { ok: false, problem: 'empty' };
  if (charsOf(name) > LONGEST || charsOf(typed) > LONGEST * 4) return { ok: false, problem: 'too-long' };
  if (UNPRINTABLE.test(name)) return { ok: false, problem: 'bad-character' };
  return { ok: true, name };
}
