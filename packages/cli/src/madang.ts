import { readFileSync } from 'node:fs';
import { type Messages, messagesOf, runCommand, startCommand } from '@madang/server';
import { Command } from 'commander';
import { configCommand } from './commands/config.js';
import { doctorCommand } from './commands/doctor.js';
import { joinCommand } from './commands/join.js';
import { turnCredentialsCommand } from './commands/turn-credentials.js';

const ABOUT_THE_PROGRAM = new Set(['-V', '--version']);

/** Runs the command line `argv` (without the program's name). Without a command it is `start`. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.off('error', ignoreBrokenPipe).on('error', ignoreBrokenPipe);
  const first = argv[0];
  const starts = first === undefined || (first.startsWith('-') && !ABOUT_THE_PROGRAM.has(first));
  const messages = messagesOf(argv);
  await runCommand(program(messages), starts ? ['start', ...argv] : argv, messages);
}

/** Whoever read our output has read enough, as in `madang --help | head`: no reason for a server to stop. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function program(messages: Messages): Command {
  const start = startCommand(messages);
  start.addHelpText('after', `\n${messages.start.otherCommands}`);
  return new Command('madang')
    .description(messages.command.about)
    .version(version(), '-V, --version', messages.command.version)
    .addCommand(start)
    .addCommand(doctorCommand(messages))
    .addCommand(configCommand(messages))
    .addCommand(joinCommand(messages))
    .addCommand(turnCredentialsCommand(messages));
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
