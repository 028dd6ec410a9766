/** Bytes that are taken piece by piece, from a place on. */
export interface ByteReader {
  /** `maxBytes`, or the rest if that is less; undefined while so much has not been read yet, and after the end. */
  take(maxBytes: number): Uint8Array<ArrayBuffer> | undefined;
  stop(): void;
}

export function bytesReader(bytes: Uint8Array<ArrayBuffer>): ByteReader {
  let at = 0;
  return {
    take: (maxBytes) => {
      const piece = bytes.subarray(at, at + maxBytes);
      at += piece.length;
      return piece.length === 0 ? undefined : piece;
    },
    stop: () => {},
  };
}

export interface BlobReaderOptions {
  readonly from?: number;
  /** How much is read at once, and how many of those are read ahead. */
  readonly blockBytes?: number;
  readonly ahead?: number;
  /** There is something to take again. */
  readonly ready: () => void;
  readonly failed: (error: unknown) => void;
}

/** Reads a blob in blocks, a few ahead of who takes them, so that the disk and the line work at the same time. */
export function blobReader(blob: Blob, options: BlobReaderOptions): ByteReader {
  const { from = 0, blockBytes = 1_048_576, ahead = 3, ready, failed } = options;
  const blocks: Uint8Array<ArrayBuffer>[] = [];
  let readTo = from;
  let taken = from;
  let isReading = false;
  let isStopped = false;

  const read = async (): Promise<void> => {
    if (isReading) return;
    isReading = true;
    try {
      while (!isStopped && readTo < blob.size && blocks.length < ahead) {
        const end = Math.min(readTo + blockBytes, blob.size);
        const bytes = new Uint8Array(await blob.slice(readTo, end).arrayBuffer());
        if (bytes.length !== end - readTo) throw new DOMException('the file has become shorter', 'NotReadableError');
        if (isStopped) break;
        readTo = end;
        blocks.push(bytes);
        ready();
      }
    } catch (error) {
      if (!isStopped) failed(error);
    } finally {
      isReading = false;
    }
  };
  void read();
  return {
    take: (maxBytes) => {
      const wanted = Math.min(maxBytes, blob.size - taken);
      if (wanted === 0 || readTo - taken < wanted) return undefined;
      taken += wanted;
      const piece = cut(blocks, wanted);
      void read();
      return piece;
    },
    stop: () => {
      isStopped = true;
      blocks.length = 0;
    },
  };
}

/** Takes the first `wanted` bytes off `blocks`, which hold at least so many. Copies only where blocks meet. */
function cut(blocks: Uint8Array<ArrayBuffer>[], wanted: number): Uint8Array<ArrayBuffer> {
  const first = blocks[0]!;
  if (first.length > wanted) {
    blocks[0] = first.subarray(wanted);
    return first.subarray(0, wanted);
  }
  blocks.shift();
  if (first.length === wanted) return first;
  const piece = new Uint8Array(wanted);
  piece.set(first);
  piece.set(cut(blocks, wanted - first.length), first.length);
  return piece;
}
