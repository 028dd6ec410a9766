export { type Config, type ConfigField, ConfigSchema, GROUPS } from './config.js';
export { ConfigError, EXIT_BAD_CONFIG } from './config-error.js';
export { addConfigFlags, flagValues } from './flags.js';
export { CONFIG_KEYS, type ConfigKey } from './keys.js';
export {
  type ConfigSources,
  checkFlags,
  type LoadedConfig,
  loadConfig,
  messagesFor,
  type ValueOrigin,
} from './load-config.js';
export { mediaThreadCount } from './media-thread-count.js';
export { didYouMean } from './nearest.js';
export { sampleConfig } from './sample-config.js';
export { showConfig, visibleSettings } from './show-config.js';
