import { type IncomingTransfer, MadangError, type OutgoingTransfer } from '@madang/client';
import { useMemo } from 'react';
import type { Call } from '../../state/call.js';
import { useCall } from '../../state/call-context.js';
import { formatSize } from '../../state/format-size.js';
import { currentMessages } from '../../state/language-store.js';
import { toast } from '../../state/notices.js';
import { refreshTransfers } from '../../state/transfers.js';
import { reasonOf } from '../attempt.js';
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

export function fileActions({ room }: Pick<Call, 'room'>): FileActions {
  return {
    send: (files, to) => {
      const others = room.members.filter(({ isSelf }) => !isSelf);
      const receivers = to === 'everyone' ? others.map(({ id }) => id) : [to];
      const refusals = files.flatMap((file) => receivers.map((id) => offer(file, id)));
      // Said once, however many would have received it.
      for (const refusal of new Set(refusals)) if (refusal) toast(refusal);
      refreshTransfers(room);
    },
    accept: (transfer) => void accept(transfer),
    hide: (transfer) => {
      room.forgetTransfer(transfer);
      refreshTransfers(room);
    },
  };

  /** Why not, in the words of the page. */
  function offer(file: File, to: string): string | undefined {
    try {
      room.sendFile(file, { to });
      return undefined;
    } catch (error) {
      const isForbidden = error instanceof MadangError && error.code === 'forbidden';
      return isForbidden ? currentMessages().files.failure.forbidden : reasonOf(error);
    }
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
