export { languageOption } from './command-words.js';
export { messagesOf, runCommand, runStart } from './run-start.js';
export type { RunningServer } from './running-server.js';
export { startCommand } from './start-command.js';
export type { StartOptions } from './start-server.js';
export { type IssuedTurnCredential, issueTurnCredential, type WantedTurnCredential } from './turn-credential.js';
export { VERSION } from './version.js';
