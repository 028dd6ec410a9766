import type { ErrorCode, ProtocolError } from '@madang/protocol';

/** The codes of the server's catalogue (`docs/errors.md`), and those that only arise on this side. */
export type MadangErrorCode =
  | ErrorCode
  | 'not_connected'
  | 'aborted'
  | 'timeout'
  | 'no_data_channel'
  | 'data_too_large'
  | 'data_not_sendable'
  | 'member_left'
  | 'too_many_transfers'
  | 'encryption_unsupported';

const LOCAL_MESSAGES = {
  bad_request: 'That is not of the form that is asked for.',
  forbidden: 'A viewer may hear what the others send, and send nothing.',
  not_connected: 'There is no connection to the server.',
  aborted: 'The attempt was called off.',
  timeout: 'The server did not answer in time.',
  no_data_channel: 'There is no data channel to this member.',
  data_too_large: 'That is more than the other side takes at once.',
  data_not_sendable: 'This can not be read or written as data.',
  member_left: 'The member has left.',
  too_many_transfers: 'There are too many transfers with this member already.',
  encryption_unsupported: 'This browser can not encrypt media from end to end.',
  room_encrypted: 'The room is encrypted end to end, and there is no key for it.',
  room_not_encrypted: 'The room is not encrypted end to end, as was asked for.',
  membership_ended: 'Another page or program has taken this place in the room.',
} as const;

/** What a request of the SDK is refused with. Decide by `code`: codes are stable, sentences are not. */
export class MadangError extends Error {
  override readonly name = 'MadangError';
  readonly code: MadangErrorCode;
  /** Which field, which limit: for developers. */
  readonly detail: string | undefined;
  /** How long to wait before trying again, where the server says so. */
  readonly retryAfterMs: number | undefined;

  constructor(code: MadangErrorCode, message: string, extra: { detail?: string; retryAfterMs?: number } = {}) {
    super(message);
    this.code = code;
    this.detail = extra.detail;
    this.retryAfterMs = extra.retryAfterMs;
  }
}

/** An error of the server's catalogue as it came in an acknowledgement. */
export function refusal(error: ProtocolError): MadangError {
  return new MadangError(error.code, error.message, {
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}

/** An error that arises on this side. */
export function localError(code: keyof typeof LOCAL_MESSAGES, detail?: string): MadangError {
  return new MadangError(code, LOCAL_MESSAGES[code], detail === undefined ? {} : { detail });
}
