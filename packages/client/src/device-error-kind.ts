/**
 * Why a camera, a microphone or a screen can't be had.
 * `denied`: the person said no, now or before; `denied-by-policy`: the page may not even ask, because of a
 * `Permissions-Policy` header or the frame it is in; `denied-by-system`: the operating system keeps the browser out;
 * `not-found`: no such device; `in-use`: another program holds it, or it failed to start; `overconstrained`: no device
 * fits what was asked; `insecure`: the page is not in a secure context (HTTPS or localhost); `unsupported`: this browser
 * can't do it; `cancelled`: the person closed the picker of a screen share.
 */
export type DeviceErrorKind =
  | 'denied'
  | 'denied-by-policy'
  | 'denied-by-system'
  | 'not-found'
  | 'in-use'
  | 'overconstrained'
  | 'insecure'
  | 'unsupported'
  | 'cancelled'
  | 'unknown';
