import { type Command, CommanderError } from 'commander';
import { ConfigError, EXIT_BAD_CONFIG } from '../config/index.js';
import { chooseLanguage, type Messages, messagesIn } from '../messages/index.js';
import { complaintOf, speak } from './command-words.js';
import { startCommand } from './start-command.js';

/** Runs `start` with these arguments (without the program's name); see `runCommand`. */
export async function runStart(argv: readonly string[]): Promise<void> {
  const messages = messagesOf(argv);
  await runCommand(startCommand(messages), argv, messages);
}

/** The messages in the language that these arguments, the environment or the system ask for. */
export function messagesOf(argv: readonly string[]): Messages {
  const { locale } = Intl.DateTimeFormat().resolvedOptions();
  return messagesIn(chooseLanguage({ argv, env: process.env, locale }));
}

/**
 * Runs a command. What the operator did wrong is one line on standard error and exit code 2; what we did wrong is 1.
 */
export async function runCommand(command: Command, argv: readonly string[], messages: Messages): Promise<void> {
  prepare(command, messages);
  try {
    await command.parseAsync(argv, { from: 'user' });
  } catch (error) {
    process.exitCode = report(error, messages);
  }
}

function prepare(command: Command, messages: Messages): void {
  speak(command.exitOverride().configureOutput({ outputError: () => {} }), messages);
  for (const child of command.commands) prepare(child, messages);
}

function report(error: unknown, messages: Messages): number {
  if (error instanceof ConfigError) return complain(error.say(messages));
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : complain(complaintOf(error, messages));
  process.stderr.write(`madang: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}

function complain(text: string): number {
  process.stderr.write(`madang: ${text}\n`);
  return EXIT_BAD_CONFIG;
}
