import type { FactBody } from './fact.js';

interface Page {
  readonly isSecureContext?: boolean;
  readonly RTCPeerConnection?: unknown;
  readonly navigator?: { readonly userAgent?: string; readonly mediaDevices?: unknown };
}

/** What can be said of this page before anything happens on it. Outside a page nothing is insecure. */
export function pageBody(wallStartMs: number): FactBody {
  const { isSecureContext, navigator, RTCPeerConnection } = globalThis as Page;
  return {
    type: 'page',
    secure: isSecureContext ?? true,
    userAgent: navigator?.userAgent ?? '',
    hasDevices: navigator?.mediaDevices !== undefined,
    hasConnections: RTCPeerConnection !== undefined,
    wallStartMs,
  };
}
