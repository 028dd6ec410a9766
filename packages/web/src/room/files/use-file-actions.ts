import type { IncomingTransfer, OutgoingTransfer } from '@madang/client';
import { useMemo } from 'react';
import type { Call } from '../../state/call.js';
import { useCall } from '../../state/call-context.js';
import { formatSize } from '../../state/format-size.js';
import { currentMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import { refreshTransfers } from '../../state/transfers.js';
import { attempt } from '../attempt.js';
import { chooseSink, isTooLarge, MOST_IN_MEMORY } from './choose-sink.js';
import { saveFile } from './save-file.js';

export interface FileActions {
  /** Offers files to one person, or to everyone. */
  send(files: readonly File[], to: string | 'everyone'): void;
  accept(transfer: IncomingTransfer): void;
  hide(transfer: IncomingTransfer | OutgoingTransfer): void;
}

export function useFileActions(): FileActions {
  const call = useCall();
  return useMemo(() => fileActions(call), [call]);
}

function fileActions({ room }: Call): FileActions {
  return {
    send: (files, to) => {
      const others = room.members.filter(({ isSelf }) => !isSelf);
      const receivers = to === 'everyone' ? others.map(({ id }) => id) : [to];
      for (const file of files) for (const id of receivers) void attempt(offer(file, id));
      refreshTransfers(room);
    },
    accept: (transfer) => void accept(transfer),
    hide: (transfer) => {
      room.forgetTransfer(transfer);
      refreshTransfers(room);
    },
  };

  async function offer(file: File, to: string): Promise<void> {
    room.sendFile(file, { to });
  }
}

async function accept(transfer: IncomingTransfer): Promise<void> {
  try {
    const sink = await chooseSink(transfer);
    if (sink === null) return;
    transfer.accept(sink);
    if ((await transfer.over) === 'done' && transfer.file !== undefined) saveFile(transfer.file, transfer.name);
  } catch (error) {
    const { files, errors } = currentMessages();
    toast(isTooLarge(error) ? files.tooLargeHere(formatSize(MOST_IN_MEMORY)) : errors.internal);
  }
}
