import { TX } from '../ports/index.js';
import { HISTORY } from '../stream/index.js';
import { MOST_EXTRA_BYTES } from './extra-elements.js';
import { keptExtra } from './kept-extra.js';
import { LEDGER } from './out-ledger.js';
import type { OutStream } from './out-stream.js';
import type { RowWriter } from './row-writer.js';
import { addExtra, address } from './write-packet.js';

/**
 * Writes the transmit row of a packet that was not sent in its batch, under the number of the ledger row at `at`. False when
 * the history of its source does not have it any more. Never allocates.
 */
export function writeKept(stream: OutStream, at: number, writer: RowWriter): boolean {
  const { rows: ledger } = stream.ledger;
  const leg = stream.legs.get(ledger[at + LEDGER.LEG]!);
  const history = leg?.source?.history ?? null;
  if (leg === null || history === null) return false;
  // Of the number at the source the ledger has the low 32 bits.
  const kept = history.find(leg.firstIn + ((ledger[at + LEDGER.IN]! - leg.firstIn) | 0));
  if (kept < 0) return false;
  writer.reserve(MOST_EXTRA_BYTES);
  const slot = history.rows[kept + HISTORY.SLOT]!;
  const offset = history.rows[kept + HISTORY.OFFSET]!;
  const extra = keptExtra(stream, leg, slot, offset, writer);
  const to = writer.row();
  const { rows } = writer.tx;
  rows[to + TX.SLOT] = slot;
  rows[to + TX.OFFSET] = offset;
  rows[to + TX.LENGTH] = history.rows[kept + HISTORY.LENGTH]!;
  rows[to + TX.FORM] = leg.form;
  rows[to + TX.PICTURE_ID] = ledger[at + LEDGER.PICTURE_ID]!;
  rows[to + TX.LAYER_IDS] = ledger[at + LEDGER.LAYER_IDS]!;
  rows[to + TX.PAYLOAD_TYPE] = ledger[at + LEDGER.PAYLOAD_TYPE]!;
  address(stream, at, to, writer);
  if (extra !== 0) addExtra(stream, to, extra, writer);
  return true;
}
