/** One row of RTCPeerConnection.getStats(); what is in it depends on its type and on the browser. */
export interface Row {
  readonly id: string;
  readonly type: string;
  readonly [field: string]: unknown;
}

/** The rows of one reading, by id. */
export type Rows = ReadonlyMap<string, Row>;

export function rowsOf(stats: { forEach(visit: (row: Row) => void): void }): Rows {
  const rows = new Map<string, Row>();
  stats.forEach((row) => {
    rows.set(row.id, row);
  });
  return rows;
}

export const rowsOfType = (rows: Rows, type: string): Row[] => [...rows.values()].filter((row) => row.type === type);

export const numberIn = (row: Row | undefined, field: string): number | undefined => {
  const value = row?.[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

export const textIn = (row: Row | undefined, field: string): string | undefined => {
  const value = row?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
