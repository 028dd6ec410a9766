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
export { runCommand, runStart, startCommand } from './start/index.js';
export type { RunningServer, StartOptions } from './start/start-server.js';
