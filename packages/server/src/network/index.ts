export { type NetworkAddress, networkAddresses } from './network-addresses.js';
