import { fileURLToPath } from 'node:url';

/** Where the built web app stands, in the package beside this one. */
export const WEB_ROOT: string = fileURLToPath(new URL('../../../web/dist/', import.meta.url));
