import { displayWidth, type Messages, padDisplay } from '../messages/index.js';
import type { Row } from './row.js';
import { inEnglish, type Status } from './verdict.js';

/** Each state has a sign and a word: colour only adds to them. */
const SIGNS: Readonly<Record<Status, string>> = { ok: '✓', warn: '!', bad: '✗' };
const COLOURS: Readonly<Record<Status, number>> = { ok: 32, warn: 33, bad: 31 };

/** The rows as a table for a terminal, with a line for the remedy under each that is not well. */
export function drawTable(rows: readonly Row[], messages: Messages, colour: boolean): string {
  const states = rows.map(({ verdict: { status } }) => `${SIGNS[status]} ${messages.doctor.status[status]}`);
  const titles = rows.map(({ id }) => messages.doctor.titles[id]);
  const [stateColumns, titleColumns] = [columns(states), columns(titles)];
  const lines = rows.flatMap(({ verdict, subject }, ix) => {
    const state = paint(padDisplay(states[ix]!, stateColumns), verdict.status, colour);
    const value = [subject, verdict.value(messages)]
      .filter((part) => part !== undefined)
      .map(plain)
      .join(' ');
    const line = `${state}  ${padDisplay(titles[ix]!, titleColumns)}  ${value}`;
    if (verdict.status === 'ok') return [line];
    return [line, `${' '.repeat(stateColumns + titleColumns + 4)}→ ${plain(verdict.remedy(messages))}`];
  });
  return lines.map((line) => `${line}\n`).join('');
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
