export { runCommand, runStart } from './run-start.js';
export { startCommand } from './start-command.js';
