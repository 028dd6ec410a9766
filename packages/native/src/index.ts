export { AddonMissing, hasAddon, loadAddon } from './addon.js';
