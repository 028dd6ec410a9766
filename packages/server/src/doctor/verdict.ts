import { messagesIn, type Sentence } from '../messages/index.js';

export type Status = Verdict['status'];

/** What a check finds. Whatever is not well has exactly one remedy; `bad` is what stands in the way of a call. */
export type Verdict =
  | { readonly status: 'ok'; readonly value: Sentence }
  | { readonly status: 'warn' | 'bad'; readonly value: Sentence; readonly remedy: Sentence };

/** The verdict as programs read it. */
export function inEnglish(verdict: Verdict): { status: Status; value: string; remedy: string | null } {
  const english = messagesIn('en');
  const remedy = verdict.status === 'ok' ? null : verdict.remedy(english);
  return { status: verdict.status, value: verdict.value(english), remedy };
}

export function ok(value: Sentence): Verdict {
  return { status: 'ok', value };
}

export function warn(value: Sentence, remedy: Sentence): Verdict {
  return { status: 'warn', value, remedy };
}

export function bad(value: Sentence, remedy: Sentence): Verdict {
  return { status: 'bad', value, remedy };
}
