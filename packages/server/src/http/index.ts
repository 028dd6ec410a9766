export { type AppParts, createApp } from './app.js';
export { connectionCap } from './connection-cap.js';
export type { Door } from './door.js';
export { type Listener, type ListenOptions, listen, type Traffic } from './listener.js';
export { openStaticSite, type StaticFile } from './static-site.js';
export type { TlsGuest } from './tls-guest.js';
export { WEB_ROOT } from './web-root.js';
