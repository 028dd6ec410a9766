import type { MediaRefusalCode } from '@madang/engine';
import { type ErrorCode, protocolError, type Refused } from '@madang/protocol';

const CODES: Readonly<Record<MediaRefusalCode, ErrorCode>> = {
  malformed: 'media_refused',
  unacceptable: 'media_refused',
  direction: 'media_refused',
  full: 'media_full',
  unknown_connection: 'media_outdated',
  revision: 'media_outdated',
  connection_exists: 'internal',
  unavailable: 'media_unavailable',
};

/** What the media server refuses, in the words of the protocol. */
export function mediaRefusal({ code, detail }: { readonly code: MediaRefusalCode; readonly detail: string }): Refused {
  return refused(CODES[code], detail);
}

export function refused(code: ErrorCode, detail?: string): Refused {
  return { ok: false, error: protocolError(code, detail === undefined ? {} : { detail }) };
}
