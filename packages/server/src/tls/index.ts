export { type CertificateSource, openCertificates } from './certificate-source.js';
export { type CertificateFacts, type Inspection, inspectCertificates } from './inspect-certificates.js';
export type { KeyPair } from './issue.js';
export { RENEW_BEFORE_MS } from './local-authority.js';
export { type LocalNames, localNames } from './local-names.js';
