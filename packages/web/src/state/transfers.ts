import type { IncomingTransfer, OutgoingTransfer, Room, Transfer } from '@madang/client';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { useCall } from './call-context.js';

/** A file on its way as the page draws it. */
export interface TransferView {
  readonly id: string;
  readonly direction: Transfer['direction'];
  /** Of the other side; kept when that person has left. */
  readonly memberName: string;
  readonly name: string;
  readonly size: number;
  readonly state: Transfer['state'];
  readonly bytes: number;
  readonly rate: number;
  readonly etaMs: number | undefined;
  readonly failure: Transfer['failure'];
  readonly transfer: IncomingTransfer | OutgoingTransfer;
}

type TransferStore = StoreApi<readonly TransferView[]>;

const stores = new WeakMap<Room, TransferStore>();

/** The files of a room, oldest first. */
export function transfersOf(room: Room): TransferStore {
  const known = stores.get(room);
  if (known !== undefined) return known;
  const store: TransferStore = createStore<readonly TransferView[]>(() => []);
  stores.set(room, store);
  return store;
}

/** Brings what the room says of its files into the store. Returns how to stop. */
export function followTransfers(room: Room): () => void {
  const follow = () => transfersOf(room).setState((before) => viewTransfers(room, before), true);
  const offs = [room.on('fileOffered', follow), room.on('transferChanged', follow)];
  return () => {
    for (const off of offs) off();
  };
}

export function useTransfers(): readonly TransferView[] {
  return useStore(transfersOf(useCall().room));
}

/** To be called after a file was offered or forgotten, which the room does not tell of. */
export function refreshTransfers(room: Room): void {
  transfersOf(room).setState((before) => viewTransfers(room, before), true);
}

function viewTransfers(room: Room, before: readonly TransferView[]): readonly TransferView[] {
  const names = new Map(before.map(({ id, memberName }) => [id, memberName]));
  return room.transfers.map((transfer) => {
    const { id, direction, name, size, state, bytes, rate, etaMs, failure } = transfer;
    const member = room.members.find((other) => other.id === transfer.memberId);
    const memberName = member?.name ?? names.get(id) ?? '';
    return { id, direction, memberName, name, size, state, bytes, rate, etaMs, failure, transfer };
  });
}
