import { expect, it } from 'vitest';
import { ERROR_CODES, ERRORS, ProtocolError, protocolError } from './errors.js';

it.each(ERROR_CODES)('%s has a sentence, a remedy and a status', (code) => {
  expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
  expect(ERRORS[code].message).toMatch(/^[A-Z].*\.$/);
  expect(ERRORS[code].remedy).toMatch(/^[A-Z].*\.$/);
  expect(ERRORS[code].status).toBeGreaterThanOrEqual(400);
});

it('makes an error that its own schema accepts', () => {
  const error = protocolError('rate_limited', { retryAfterMs: 20 });
  expect(ProtocolError.parse(error)).toEqual(error);
});
