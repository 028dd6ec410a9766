import { Command } from 'commander';
import { addConfigFlags, flagValues, loadConfig } from '../config/index.js';

/** The command `start`, with a flag for every setting. */
export function startCommand(): Command {
  const command = new Command('start').description('Run the server in the foreground').allowExcessArguments(false);
  return addConfigFlags(command).action(async () => {
    const loaded = loadConfig({ flags: flagValues(command), env: process.env, cwd: process.cwd() });
    // Loaded only now: --help and a bad flag answer without it.
    const { serve } = await import('./serve.js');
    await serve(loaded);
  });
}
