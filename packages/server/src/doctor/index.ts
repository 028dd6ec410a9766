export { CHECK_IDS, type CheckId } from './checks.js';
export { blocksCalls, examine, examineAtStart, type Row } from './examine.js';
export { portHolder } from './readings/port-holder.js';
export { drawTable, hasColours, rowsAsJson, summaryOf } from './table.js';
export type { Status, Verdict } from './verdict.js';
