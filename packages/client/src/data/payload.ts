import { localError } from '../madang-error.js';
import { type ByteReader, blobReader, bytesReader } from './byte-reader.js';
import type { MessageKind } from './frame.js';

/** What `send` takes: text, bytes, a blob, or any value that JSON can write. */
export type Sendable = string | ArrayBuffer | ArrayBufferView | Blob | Json;
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
/** What arrives: bytes come as an ArrayBuffer, everything else as it was sent. */
export type Received = string | ArrayBuffer | Blob | Json;

/** Data on its way, as bytes. */
export interface Payload {
  readonly kind: MessageKind;
  readonly size: number;
  readonly mime?: string;
  /** Reads it from the start; more than once if it has to be sent again. */
  read(ready: () => void, failed: (error: unknown) => void): ByteReader;
}

/** Takes a copy of bytes that the caller might change. Refuses with `data_not_sendable` what JSON can't write. */
export function payloadOf(data: Sendable): Payload {
  if (typeof data === 'string') return bytesPayload('text', new TextEncoder().encode(data));
  if (data instanceof ArrayBuffer) return bytesPayload('binary', new Uint8Array(data.slice(0)));
  if (ArrayBuffer.isView(data)) {
    return bytesPayload('binary', new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice());
  }
  if (data instanceof Blob) return blobPayload(data);
  return bytesPayload('json', new TextEncoder().encode(jsonOf(data)));
}

/** Undefined if the bytes are not what `kind` says. */
export function valueFrom(
  kind: MessageKind,
  mime: string | undefined,
  parts: Uint8Array<ArrayBuffer>[],
): Received | undefined {
  if (kind === 'blob') return new Blob(parts, { type: mime ?? '' });
  const bytes = joined(parts);
  if (kind === 'binary') return bytes.buffer;
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return kind === 'text' ? text : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

function bytesPayload(kind: MessageKind, bytes: Uint8Array<ArrayBuffer>): Payload {
  return { kind, size: bytes.length, read: () => bytesReader(bytes) };
}

function blobPayload(blob: Blob): Payload {
  return {
    kind: 'blob',
    size: blob.size,
    mime: blob.type.slice(0, 128),
    read: (ready, failed) => blobReader(blob, { ready, failed }),
  };
}

function jsonOf(value: Json): string {
  try {
    const text: string | undefined = JSON.stringify(value);
    if (text !== undefined) return text;
  } catch (error) {
    throw localError('data_not_sendable', String(error));
  }
  throw localError('data_not_sendable', `a ${typeof value} is no JSON`);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
