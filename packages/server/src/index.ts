export {
  addConfigFlags,
  CONFIG_KEYS,
  type Config,
  ConfigError,
  type ConfigKey,
  ConfigSchema,
  checkFlags,
  EXIT_BAD_CONFIG,
  flagValues,
  type LoadedConfig,
  loadConfig,
  messagesFor,
  sampleConfig,
  showConfig,
  visibleSettings,
} from './config/index.js';
export {
  blocksCalls,
  CHECK_IDS,
  type CheckId,
  drawTable,
  examine,
  hasColours,
  type Row,
  rowsAsJson,
  summaryOf,
} from './doctor/index.js';
export { type Language, type Messages, messagesIn, type Sentence } from './messages/index.js';
export {
  languageOption,
  messagesOf,
  type RunningServer,
  runCommand,
  runStart,
  type StartOptions,
  startCommand,
  VERSION,
} from './start/index.js';
