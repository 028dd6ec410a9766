import type { Source } from '@madang/protocol';
import { describe, expect, it } from 'vitest';
import { classifyDeviceError, DeviceError } from './device-error.js';

type Row = readonly [browser: string, source: Source, name: string, message: string, kind: string];

const ROWS: readonly Row[] = [
  ['Chrome', 'camera', 'NotAllowedError', 'Permission denied', 'denied'],
  ['Chrome', 'camera', 'NotAllowedError', 'Permission dismissed', 'denied'],
  ['Chrome', 'microphone', 'NotAllowedError', 'Permission denied by system', 'denied-by-system'],
  ['Chrome', 'camera', 'NotFoundError', 'Requested device not found', 'not-found'],
  ['Chrome', 'camera', 'NotReadableError', 'Could not start video source', 'in-use'],
  ['Chrome', 'microphone', 'NotReadableError', 'Device in use', 'in-use'],
  ['Chrome', 'camera', 'OverconstrainedError', '', 'overconstrained'],
  ['Chrome', 'camera', 'AbortError', 'Timeout starting video source', 'in-use'],
  ['Chrome', 'screen', 'NotAllowedError', 'Permission denied by user', 'cancelled'],
  ['Chrome', 'screen', 'NotAllowedError', 'Permission denied by system', 'denied-by-system'],
  [
    'Chrome',
    'screen',
    'NotAllowedError',
    'Access to the feature is disallowed by permissions policy.',
    'denied-by-policy',
  ],
  ['Chrome', 'screen', 'InvalidStateError', 'getDisplayMedia() requires transient activation', 'denied'],
  [
    'Firefox',
    'camera',
    'NotAllowedError',
    'The request is not allowed by the user agent or the platform in the current context.',
    'denied',
  ],
  ['Firefox', 'camera', 'NotFoundError', 'The object can not be found here.', 'not-found'],
  ['Firefox', 'camera', 'NotReadableError', 'Failed to allocate videosource', 'in-use'],
  ['Firefox', 'camera', 'AbortError', 'Starting videoinput failed', 'in-use'],
  [
    'Firefox',
    'screen',
    'NotAllowedError',
    'The request is not allowed by the user agent or the platform in the current context.',
    'cancelled',
  ],
  ['Firefox', 'screen', 'NotFoundError', 'The object can not be found here.', 'denied-by-system'],
  [
    'Safari',
    'camera',
    'NotAllowedError',
    'The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.',
    'denied',
  ],
  [
    'Safari',
    'screen',
    'NotAllowedError',
    'The request is not allowed by the user agent or the platform in the current context, possibly because the user denied permission.',
    'cancelled',
  ],
  ['Safari', 'camera', 'OverconstrainedError', 'Invalid constraint', 'overconstrained'],
  ['any', 'camera', 'SecurityError', '', 'denied'],
  ['any', 'camera', 'NotSupportedError', '', 'unsupported'],
  ['any', 'camera', 'TypeError', 'undefined is not a function', 'unsupported'],
  ['any', 'camera', 'Error', 'who knows', 'unknown'],
];

describe('an error of a browser', () => {
  it.each(ROWS)('%s, %s: %s "%s" means %s', (_browser, source, name, message, kind) => {
    const cause = { name, message };
    const error = classifyDeviceError(cause, { source, secure: true, supported: true });
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({ kind, source, cause, name: 'DeviceError' });
  });

  it('outside a secure context always means that, whatever it says', () => {
    expect(classifyDeviceError(new TypeError(), { source: 'camera', secure: false, supported: false }).kind).toBe(
      'insecure',
    );
  });

  it('is put down to the policy of the page where that forbids the device', () => {
    const refused = { name: 'NotAllowedError', message: 'Permission denied' };
    const kind = (allowed: boolean | undefined, error = refused) =>
      classifyDeviceError(error, { source: 'camera', secure: true, supported: true, allowed }).kind;
    expect([kind(false), kind(true), kind(undefined)]).toEqual(['denied-by-policy', 'denied', 'denied']);
    expect(kind(false, { name: 'NotFoundError', message: '' })).toBe('not-found');
  });

  it('without the method means that the browser can not', () => {
    expect(classifyDeviceError(undefined, { source: 'screen', secure: true, supported: false }).kind).toBe(
      'unsupported',
    );
  });

  it.each([undefined, null, 'text', 7, {}])('may be thrown as %j', (thrown) => {
    expect(classifyDeviceError(thrown, { source: 'camera', secure: undefined, supported: true }).kind).toBe('unknown');
  });
});
