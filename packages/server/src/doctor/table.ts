import { displayWidth, type Messages, padDisplay } from '../messages/index.js';
import type { Row } from './row.js';
import { inEnglish, type Status, type Verdict } from './verdict.js';

/** Each state has a sign and a word: colour only adds to them. */
const SIGNS: Readonly<Record<Status, string>> = { ok: '✓', warn: '!', bad: '✗' };
const COLOURS: Readonly<Record<Status, number>> = { ok: 32, warn: 33, bad: 31 };

/** A line of a table: what it is about, and what was found of it. */
export interface Line {
  readonly title: string;
  readonly subject?: string | undefined;
  readonly verdict: Verdict;
}

/** The rows as a table for a terminal, with a line for the remedy under each that is not well. */
export function drawTable(rows: readonly Row[], messages: Messages, colour: boolean): string {
  const { titles } = messages.doctor;
  const lines = rows.map(({ id, subject, verdict }) => ({ title: titles[id], subject, verdict }));
  return drawLines(lines, messages, colour);
}

/** The same of lines about anything. */
export function drawLines(lines: readonly Line[], messages: Messages, colour: boolean): string {
  const states = lines.map(({ verdict: { status } }) => `${SIGNS[status]} ${messages.doctor.status[status]}`);
  const [stateColumns, titleColumns] = [columns(states), columns(lines.map(({ title }) => title))];
  const drawn = lines.flatMap(({ title, verdict, subject }, ix) => {
    const state = paint(padDisplay(states[ix]!, stateColumns), verdict.status, colour);
    const value = [subject, verdict.value(messages)]
      .filter((part) => part !== undefined)
      .map(plain)
      .join(' ');
    const line = `${state}  ${padDisplay(plain(title), titleColumns)}  ${value}`;
    if (verdict.status === 'ok') return [line];
    return [line, `${' '.repeat(stateColumns + titleColumns + 4)}→ ${plain(verdict.remedy(messages))}`];
  });
  return drawn.map((line) => `${line}\n`).join('');
}

/** What the whole table comes to, in one sentence. */
export function summaryOf(rows: readonly Row[], { doctor }: Messages): string {
  const count = (status: Status) => rows.filter(({ verdict }) => verdict.status === status).length;
  if (count('bad') > 0) return doctor.blocked(count('bad'));
  return count('warn') > 0 ? doctor.someWarnings(count('warn')) : doctor.allWell;
}

/** The rows for programs: ids and states are stable, sentences are English and may be reworded. */
export function rowsAsJson(rows: readonly Row[]) {
  return rows.map(({ id, subject, verdict }) => ({ id, subject: subject ?? null, ...inEnglish(verdict) }));
}

/** Whether a stream may have colours (https://no-color.org). */
export function hasColours(stream: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>) {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
}

const columns = (texts: readonly string[]) => Math.max(0, ...texts.map(displayWidth));

function paint(text: string, status: Status, colour: boolean): string {
  return colour ? `\u001b[${COLOURS[status]}m${text}\u001b[0m` : text;
}

/** Names of processes, files and servers come from elsewhere: nothing in them may steer the terminal. */
function plain(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
