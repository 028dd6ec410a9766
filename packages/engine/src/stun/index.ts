export { addressValue, readAddress, readXorAddress, xorAddressValue } from './address-value.js';
export { ATTRIBUTE, mustBeUnderstood } from './attribute.js';
export { crc32 } from './crc32.js';
export {
  ATTRIBUTE_HEADER_BYTES,
  FINGERPRINT_XOR,
  HEADER,
  HEADER_BYTES,
  MAGIC_COOKIE,
  padded,
  TRANSACTION_BYTES,
} from './header.js';
export { INTEGRITY_BYTES, type IntegrityKind, integrityOf, isSigned, longTermKey } from './integrity.js';
export { type LongTermAccount, LongTermSigner } from './long-term-signer.js';
export { classOf, MESSAGE_CLASS, METHOD, messageType, methodOf } from './message-type.js';
export { MessageWriter } from './message-writer.js';
export { NONCE_COOKIE_BYTES, nonceCookie, SECURITY_FEATURE, securityFeatures } from './nonce-cookie.js';
export { parseHost } from './parse-host.js';
export { type PasswordAlgorithm, passwordAlgorithmsValue, readPasswordAlgorithm } from './password-algorithms.js';
export { readMessage, type StunFault } from './read-message.js';
export type { AttributePlace, StunMessage } from './stun-message.js';
export { FAMILY_CODE, type Family, familyFromCode, familyOf, type TransportAddress } from './transport-address.js';
export { userhash } from './userhash.js';
