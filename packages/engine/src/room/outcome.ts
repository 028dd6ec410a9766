import type { ErrorCode } from '@madang/protocol';
import type { CommandResults, CommandType } from '../ports/index.js';

/** Why a command was not carried out; it changed nothing. The sentence that belongs to the code is the server's. */
export interface Refusal {
  readonly ok: false;
  readonly error: { readonly code: ErrorCode; readonly detail?: string };
}

/** What a command gives back. `repeated`: it had been carried out before, and there is no result besides. */
export type Outcome<T extends CommandType = CommandType> =
  | ({ readonly ok: true; readonly repeated?: true } & CommandResults[T])
  | Refusal;

/** Carried out, and nothing to say. */
export const DONE = Object.freeze({ ok: true } as const);

/** `detail` says which field or limit, for developers. */
export function refuse(code: ErrorCode, detail?: string): Refusal {
  return { ok: false, error: detail === undefined ? { code } : { code, detail } };
}
