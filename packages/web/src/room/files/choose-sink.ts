import {
  type FileSink,
  folderSink,
  type IncomingTransfer,
  MadangError,
  memorySink,
  writableSink,
} from '@madang/client';

type SaveFilePicker = (options: {
  suggestedName: string;
}) => Promise<{ createWritable(): Promise<FileSystemWritableFileStream> }>;

/** The most that is kept in memory, in browsers that can't write to the disk. */
export const MOST_IN_MEMORY = 512 * 1_048_576;
const FOLDER = 'madang-files';
/** A file that was left behind by a page that was closed is deleted after this time. */
const KEPT_MS = 24 * 60 * 60_000;

/**
 * Where an accepted file goes: where the person says, else to the page's own folder on the disk, else to memory. To be
 * called in the click. Null: the person closed the picker. Refuses with `data_too_large` what fits nowhere.
 */
export async function chooseSink(transfer: IncomingTransfer): Promise<FileSink | null> {
  const { name, size, mimeType } = transfer;
  const pick = (window as { showSaveFilePicker?: SaveFilePicker }).showSaveFilePicker;
  if (pick !== undefined) {
    try {
      return await writableSink(await pick.call(window, { suggestedName: name }));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null;
      // Forbidden here, as in a frame: another way is left.
    }
  }
  const folder = await ownFolder();
  if (folder !== null && (await hasRoom(size)))
    return await folderSink(folder, `${Date.now()}-${transfer.id}`, mimeType);
  return memorySink(size, mimeType, MOST_IN_MEMORY);
}

/** Whether an error says that the file fits nowhere. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof MadangError && error.code === 'data_too_large';
}

async function ownFolder(): Promise<FileSystemDirectoryHandle | null> {
  if (navigator.storage?.getDirectory === undefined || !('createWritable' in FileSystemFileHandle.prototype))
    return null;
  try {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(FOLDER, { create: true });
    await sweep(folder);
    return folder;
  } catch {
    // A private window may have no disk.
    return null;
  }
}

async function hasRoom(size: number): Promise<boolean> {
  const { quota = 0, usage = 0 } = await navigator.storage.estimate();
  return quota - usage > size;
}

async function sweep(folder: FileSystemDirectoryHandle): Promise<void> {
  const old = Date.now() - KEPT_MS;
  const names = (folder as unknown as { keys(): AsyncIterable<string> }).keys();
  for await (const name of names) {
    if (Number.parseInt(name, 10) < old) await folder.removeEntry(name).catch(() => {});
  }
}
