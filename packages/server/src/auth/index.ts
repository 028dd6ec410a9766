export { AddressCounts } from './address-counts.js';
export { AddressRates } from './address-rates.js';
export { BearerTokens, type BearerVerdict } from './bearer-tokens.js';
export {
  addressGroup,
  type Caller,
  type CallerSource,
  callerOf,
  type ProxyTrust,
  proxyTrust,
} from './client-address.js';
export { isLoopback } from './loopback.js';
export { judgeOrigin, normaliseOrigin, type OriginVerdict } from './origin.js';
export { TokenBucket } from './token-bucket.js';
