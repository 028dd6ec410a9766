import type { Source } from '@madang/protocol';
import type { DeviceErrorKind } from '../device-error-kind.js';

const MESSAGES: Record<DeviceErrorKind, string> = {
  denied: 'The permission was denied.',
  'denied-by-policy': 'The policy of the page, or of the frame it is in, does not allow the device.',
  'denied-by-system': 'The operating system does not let the browser use the device.',
  'not-found': 'There is no such device.',
  'in-use': 'The device is in use by another program, or could not be started.',
  overconstrained: 'No device fits what was asked for.',
  insecure: 'Devices can be used on pages over HTTPS (or on localhost) only.',
  unsupported: 'This browser can not do that.',
  cancelled: 'The choice of a screen was cancelled.',
  unknown: 'The device could not be opened.',
};

/** What `LocalMedia` refuses with. The browser's own error is the `cause`. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError';
  readonly kind: DeviceErrorKind;
  readonly source: Source;

  constructor(kind: DeviceErrorKind, source: Source, cause?: unknown) {
    super(MESSAGES[kind], { cause });
    this.kind = kind;
    this.source = source;
  }
}

/** What is known of the place where the error arose. */
export interface CaptureContext {
  readonly source: Source;
  /** `window.isSecureContext`; undefined where there is no such thing. */
  readonly secure: boolean | undefined;
  /** Whether the browser has the method that was called. */
  readonly supported: boolean;
  /** What the policy of the page says of this source; undefined where the browser does not tell. */
  readonly allowed?: boolean | undefined;
}

/** Brings what `getUserMedia` and `getDisplayMedia` of the browsers throw down to one kind. */
export function classifyDeviceError(error: unknown, context: CaptureContext): DeviceError {
  return new DeviceError(kindOf(error, context), context.source, error);
}

function kindOf(error: unknown, { source, secure, supported, allowed }: CaptureContext): DeviceErrorKind {
  // Outside a secure context `navigator.mediaDevices` is undefined, so there may be no browser error at all.
  if (secure === false) return 'insecure';
  if (!supported) return 'unsupported';
  const { name, message } = nameAndMessage(error);
  const row = BY_NAME[name];
  const kind = row === undefined ? 'unknown' : row(message, source);
  const isPolicy = allowed === false || BY_POLICY.test(message);
  return REFUSALS.has(kind) && isPolicy ? 'denied-by-policy' : kind;
}

/** Kinds that a browser's refusal for the page's policy is first taken for. */
const REFUSALS: ReadonlySet<DeviceErrorKind> = new Set(['denied', 'cancelled']);

function nameAndMessage(error: unknown): { name: string; message: string } {
  if (typeof error !== 'object' || error === null) return { name: '', message: '' };
  const { name, message } = error as { name?: unknown; message?: unknown };
  return { name: typeof name === 'string' ? name : '', message: typeof message === 'string' ? message : '' };
}

const isScreen = (source: Source): boolean => source === 'screen' || source === 'screen-audio';

/** Chrome's words. Firefox and Safari name the platform in every refusal, so that says nothing. */
const BY_SYSTEM = /by (?:the )?system|system permission|operating system/i;

/** Chrome's words for screens, and for devices in a frame without `allow`. */
const BY_POLICY = /(?:permissions?|feature) policy/i;

const BY_NAME: Readonly<Record<string, (message: string, source: Source) => DeviceErrorKind>> = {
  NotAllowedError: (message, source) => {
    if (BY_SYSTEM.test(message)) return 'denied-by-system';
    // A page that may not share at all says so; everything else is the person closing the picker.
    if (isScreen(source))
      return /policy|user gesture|user activation|transient/i.test(message) ? 'denied' : 'cancelled';
    return 'denied';
  },
  PermissionDeniedError: () => 'denied',
  PermissionDismissedError: () => 'denied',
  NotFoundError: (_message, source) => (isScreen(source) ? 'denied-by-system' : 'not-found'),
  DevicesNotFoundError: () => 'not-found',
  NotReadableError: (message) => (BY_SYSTEM.test(message) ? 'denied-by-system' : 'in-use'),
  TrackStartError: () => 'in-use',
  AbortError: (_message, source) => (isScreen(source) ? 'cancelled' : 'in-use'),
  OverconstrainedError: () => 'overconstrained',
  ConstraintNotSatisfiedError: () => 'overconstrained',
  SecurityError: () => 'denied',
  NotSupportedError: () => 'unsupported',
  // `getUserMedia` throws it for empty constraints too, but we never ask for nothing.
  TypeError: () => 'unsupported',
  InvalidStateError: (_message, source) => (isScreen(source) ? 'denied' : 'unknown'),
};
