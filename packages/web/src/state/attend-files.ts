import type { Transfer } from '@madang/client';
import type { Call } from './call.js';
import { formatSize } from './format-size.js';
import { currentMessages } from './language-store.js';
import { announce, toast } from './notices.js';
import { followTransfers, transfersOf } from './transfers.js';

/** Tells the person what becomes of files: offers aloud, ends in a toast. Returns how to stop. */
export function attendFiles({ room }: Call): (() => void)[] {
  const told = new Map<string, Transfer['state']>();
  return [
    followTransfers(room),
    room.on('fileOffered', (transfer, from) => {
      const { files } = currentMessages();
      announce(files.offers(from?.name ?? '', transfer.name, formatSize(transfer.size)));
    }),
    room.on('transferChanged', (transfer) => {
      if (!transfer.isOver || told.get(transfer.id) === transfer.state) return;
      told.set(transfer.id, transfer.state);
      const view = transfersOf(room)
        .getState()
        .find(({ id }) => id === transfer.id);
      const text = endOf(transfer, view?.memberName ?? '');
      if (text !== undefined) toast(text);
    }),
  ];
}

function endOf(transfer: Transfer, who: string): string | undefined {
  const { files } = currentMessages();
  const { name, direction, failure } = transfer;
  switch (transfer.state) {
    case 'done':
      return direction === 'incoming' ? files.received(who, name) : files.delivered(who, name);
    case 'failed':
      return failure === undefined ? undefined : `${name}: ${files.failure[failure]}`;
    case 'declined':
      return direction === 'outgoing' ? files.saidNo(who, name) : undefined;
    case 'cancelled':
      return files.calledOff(name);
    default:
      return undefined;
  }
}
