import { numberIn, type Row, textIn } from './stats-rows.js';

const SUMS = ['bytesSent', 'packetsSent', 'framesEncoded', 'framesSent'] as const;

/**
 * Of a picture that is sent in several encodings, one row for them all: what is counted is added up, and the rest is that of
 * the largest that is being sent. Rows of anything else stay as they are.
 */
export function oneOfEncodings(rows: readonly Row[]): Row[] {
  const bySection = new Map<string, Row[]>();
  for (const row of rows) {
    const key = textIn(row, 'rid') === undefined ? row.id : `${textIn(row, 'mid') ?? row.mediaSourceId} encodings`;
    bySection.set(key, [...(bySection.get(key) ?? []), row]);
  }
  return [...bySection].map(([key, encodings]) => (encodings.length === 1 ? encodings[0]! : oneOf(key, encodings)));
}

function oneOf(id: string, encodings: readonly Row[]): Row {
  const active = encodings.filter(({ active }) => active !== false);
  const [largest] = (active.length > 0 ? active : encodings).toSorted((a, b) => width(b) - width(a));
  const sums = SUMS.flatMap((field) => {
    const values = encodings.flatMap((row) => numberIn(row, field) ?? []);
    return values.length === 0 ? [] : [[field, values.reduce((sum, value) => sum + value, 0)] as const];
  });
  return { ...largest!, ...Object.fromEntries(sums), id };
}

const width = (row: Row): number => numberIn(row, 'frameWidth') ?? 0;
