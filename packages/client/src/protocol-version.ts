/** The version named in `join` and `resume`. A test compares it with the protocol's own. */
export const PROTOCOL_VERSION = 1;
