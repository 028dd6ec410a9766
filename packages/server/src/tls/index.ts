export { type CertificateSource, openCertificates } from './certificate-source.js';
export type { KeyPair } from './issue.js';
export { type LocalNames, localNames, type NetworkAddress, networkAddresses } from './local-names.js';
