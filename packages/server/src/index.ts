export {
  addConfigFlags,
  CONFIG_KEYS,
  type Config,
  ConfigError,
  type ConfigKey,
  ConfigSchema,
  EXIT_BAD_CONFIG,
  flagValues,
  type LoadedConfig,
  loadConfig,
  sampleConfig,
  showConfig,
  visibleSettings,
} from './config/index.js';
export {
  type RunningServer,
  runCommand,
  runStart,
  type StartOptions,
  startCommand,
} from './start/index.js';
