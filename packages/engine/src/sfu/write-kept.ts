import { TX } from '../ports/index.js';
import { findKept, writeKeptRow } from './kept-row.js';
import { LEDGER } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { address } from './write-packet.js';

/**
 * Writes the transmit row of a packet that was not sent in its batch, under the number of the ledger row at `at`. False when
 * the history of its source does not have it any more. Never allocates.
 */
export function writeKept(stream: OutStream, at: number, writer: RowWriter): boolean {
  const { rows: ledger } = stream.ledger;
  const leg = stream.legs.get(ledger[at + LEDGER.LEG]!);
  const kept = leg === null ? -1 : findKept(stream, leg, at);
  if (kept < 0) return false;
  const to = writeKeptRow(stream, leg!, at, kept, writer);
  writer.tx.rows[to + TX.PAYLOAD_TYPE] = ledger[at + LEDGER.PAYLOAD_TYPE]!;
  address(stream, at, to, writer);
  return true;
}
