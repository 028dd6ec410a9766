export { examine, examineAtStart } from './examine.js';
export { portHolder } from './readings/port-holder.js';
export { blocksCalls, CHECK_IDS, type CheckId, type Row } from './row.js';
export { drawTable, hasColours, rowsAsJson, summaryOf } from './table.js';
export type { Status, Verdict } from './verdict.js';
