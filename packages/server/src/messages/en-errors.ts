import { ERRORS, type ErrorCode } from '@madang/protocol';

/** A sentence for every code that a request can be refused with, those of the SDK among them. */
export const enErrors = {
  ...(Object.fromEntries(Object.entries(ERRORS).map(([code, { message }]) => [code, message])) as Record<
    ErrorCode,
    string
  >),
  not_connected: 'There is no connection to the server.',
  aborted: 'The attempt was called off.',
  timeout: 'The server did not answer in time.',
};
