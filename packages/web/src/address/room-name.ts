import { charsOf } from '../ui/chars-of.js';

export type RoomNameProblem = 'empty' | 'too-long' | 'bad-start' | 'bad-end' | 'bad-character';
export type RoomNameCheck =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly problem: RoomNameProblem };

const LONGEST = 64;
const FIRST = /^[\p{L}\p{N}]/u;
const INNER = /^[\p{L}\p{N}\p{M} ._~-]*$/u;
const LAST = /[\p{L}\p{N}\p{M}_~-]$/u;

/** The rule of the protocol's `RoomName`, with the reason when a name breaks it. The name comes back normalised. */
export function checkRoomName(typed: string): RoomNameCheck {
  if (charsOf(typed) > LONGEST * 4) return { ok: false, problem: 'too-long' };
  const name = typed.normalize('NFC').trim();
  const problem = problemOf(name);
  return problem ? { ok: false, problem } : { ok: true, name };
}

function problemOf(name: string): RoomNameProblem | undefined {
  if (name === '') return 'empty';
  if (charsOf(name) > LONGEST) return 'too-long';
  if (!INNER.test(name)) return 'bad-character';
  if (!FIRST.test(name)) return 'bad-start';
  if (!LAST.test(name)) return 'bad-end';
  return undefined;
}
