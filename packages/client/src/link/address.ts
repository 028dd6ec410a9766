export interface SignalingAddress {
  /** For socket.io: `https://host:port`. */
  readonly origin: string;
  /** The path of socket.io under the base path: `/socket.io`, `/meet/socket.io`. */
  readonly path: string;
}

/** Where the signaling of a server is whose base address (base path included) is `base`. */
export function signalingAddress(base: string | URL): SignalingAddress {
  const url = new URL(base);
  return { origin: url.origin, path: `${url.pathname.replace(/\/+$/, '')}/socket.io` };
}

/** The base address of the page this runs in: its `<base href>` where it has one, else its origin. */
export function pageAddress(): string {
  const { document, location } = globalThis as Partial<Pick<typeof globalThis, 'document' | 'location'>>;
  if (document?.querySelector('base') != null) return document.baseURI;
  if (location === undefined) throw new TypeError('outside a page, give the address of the server: { url }');
  return location.origin;
}
