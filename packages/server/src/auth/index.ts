export {
  addressGroup,
  type Caller,
  type CallerSource,
  callerOf,
  type ProxyTrust,
  proxyTrust,
} from './client-address.js';
export { judgeOrigin, normaliseOrigin, type OriginVerdict } from './origin.js';
