import { TX } from '../ports/index.js';
import { HISTORY } from '../stream/index.js';
import { MOST_EXTRA_BYTES } from './extra-elements.js';
import { keptExtra } from './kept-extra.js';
import type { Leg } from './leg.js';
import { LEDGER } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { addExtra } from './write-packet.js';

/** Where the history of its source has the packet of the ledger row at `at`; -1 where it has not, or no more. */
export function findKept({ ledger }: OutStream, { source, firstIn }: Leg, at: number): number {
  // Of the number at the source the ledger has the low 32 bits.
  return source?.history?.find(firstIn + ((ledger.rows[at + LEDGER.IN]! - firstIn) | 0)) ?? -1;
}

/**
 * Begins the transmit row of a packet that is sent later than in its batch, or again, from where `findKept` has found it: all
 * that is as it was. Returns where the row is. Never allocates.
 */
export function writeKeptRow(stream: OutStream, leg: Leg, at: number, kept: number, writer: RowWriter): number {
  const { rows: history } = leg.source!.history!;
  const { rows: ledger } = stream.ledger;
  const slot = history[kept + HISTORY.SLOT]!;
  const offset = history[kept + HISTORY.OFFSET]!;
  writer.reserve(MOST_EXTRA_BYTES);
  const extra = keptExtra(stream, leg, slot, offset, writer);
  const to = writer.row();
  const { rows } = writer.tx;
  rows[to + TX.SLOT] = slot;
  rows[to + TX.OFFSET] = offset;
  rows[to + TX.LENGTH] = history[kept + HISTORY.LENGTH]!;
  rows[to + TX.FORM] = leg.form;
  rows[to + TX.PICTURE_ID] = ledger[at + LEDGER.PICTURE_ID]!;
  rows[to + TX.LAYER_IDS] = ledger[at + LEDGER.LAYER_IDS]!;
  if (extra !== 0) addExtra(stream, to, extra, writer);
  return to;
}
