export {
  addConfigFlags,
  CONFIG_KEYS,
  type Config,
  ConfigError,
  type ConfigKey,
  EXIT_BAD_CONFIG,
  flagValues,
  loadConfig,
  sampleConfig,
  showConfig,
  visibleSettings,
} from './config/index.js';
