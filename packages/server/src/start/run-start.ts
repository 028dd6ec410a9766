import { type Command, CommanderError } from 'commander';
import { ConfigError, EXIT_BAD_CONFIG } from '../config/index.js';
import { startCommand } from './start-command.js';

/** Runs `start` with these arguments (without the program's name); see `runCommand`. */
export async function runStart(argv: readonly string[]): Promise<void> {
  await runCommand(startCommand(), argv);
}

/**
 * Runs a command. What the operator did wrong is one line on standard error and exit code 2; what we did wrong is 1.
 */
export async function runCommand(command: Command, argv: readonly string[]): Promise<void> {
  prepare(command);
  try {
    await command.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

function prepare(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ showGlobalOptions: true });
  for (const child of command.commands) prepare(child);
}

function report(error: unknown): number {
  if (error instanceof ConfigError) return complain(error.message);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    return complain(error.message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '));
  }
  process.stderr.write(`madang: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

function complain(text: string): number {
  process.stderr.write(`madang: ${text}\n`);
  return EXIT_BAD_CONFIG;
}
