import { localError } from '../madang-error.js';

/** Where an accepted file goes, piece by piece and in order. */
export interface FileSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** The fingerprints agree: the file is handed over. Resolves with it, where it is not somewhere else already. */
  close(): Promise<Blob | undefined>;
  /** It came to nothing: whatever was written goes. */
  abort(): Promise<void>;
}

/** As much of a FileSystemWritableFileStream as a sink takes. */
export interface WritableFile {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

/** Writes to a file that the person chose (`showSaveFilePicker`): it appears under its name when it is complete. */
export async function writableSink(handle: { createWritable(): Promise<WritableFile> }): Promise<FileSink> {
  const file = await handle.createWritable();
  return {
    write: (bytes) => file.write(bytes),
    close: async () => {
      await file.close();
      return undefined;
    },
    abort: () => file.abort(),
  };
}

/** As much of a FileSystemDirectoryHandle as a sink takes. */
export interface SinkFolder {
  getFileHandle(
    name: string,
    options: { create: true },
  ): Promise<{ createWritable(): Promise<WritableFile>; getFile(): Promise<File> }>;
  removeEntry(name: string): Promise<void>;
}

/** Writes to a file of the page's own on the disk, under `name`, and hands that out. Who takes it may delete the entry. */
export async function folderSink(folder: SinkFolder, name: string, mimeType: string): Promise<FileSink> {
  const handle = await folder.getFileHandle(name, { create: true });
  const file = await handle.createWritable();
  return {
    write: (bytes) => file.write(bytes),
    close: async () => {
      await file.close();
      const complete = await handle.getFile();
      // A slice of all of it: the same bytes on the disk, under the type that was announced.
      return complete.slice(0, complete.size, mimeType);
    },
    abort: async () => {
      await file.abort();
      await folder.removeEntry(name);
    },
  };
}

/** Keeps the file in memory. Refuses with `data_too_large` what is larger than `mostBytes`. */
export function memorySink(size: number, mimeType: string, mostBytes: number): FileSink {
  if (size > mostBytes) throw localError('data_too_large', `${size} bytes; memory takes ${mostBytes}`);
  let parts: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: async (bytes) => {
      parts.push(bytes);
    },
    close: async () => new Blob(parts, { type: mimeType }),
    abort: async () => {
      parts = [];
    },
  };
}
