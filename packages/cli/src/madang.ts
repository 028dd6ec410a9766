import { readFileSync } from 'node:fs';
import { runCommand, startCommand } from '@madang/server';
import { Command } from 'commander';
import { configCommand } from './commands/config.js';
import { joinCommand } from './commands/join.js';

const ABOUT_THE_PROGRAM = new Set(['-V', '--version']);

/** Runs the command line `argv` (without the program's name). Without a command it is `start`. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.off('error', ignoreBrokenPipe).on('error', ignoreBrokenPipe);
  const first = argv[0];
  const starts = first === undefined || (first.startsWith('-') && !ABOUT_THE_PROGRAM.has(first));
  await runCommand(program(), starts ? ['start', ...argv] : argv);
}

/** Whoever read our output has read enough, as in `madang --help | head`: no reason for a server to stop. */
function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function program(): Command {
  const start = startCommand();
  start.addHelpText('after', '\nOther commands: config, join. `madang help` lists them.');
  return new Command('madang')
    .description('Madang: a self-hosted WebRTC system in one process')
    .version(version(), '-V, --version', 'Print the version')
    .addCommand(start)
    .addCommand(configCommand())
    .addCommand(joinCommand());
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
