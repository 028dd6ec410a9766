import { Command } from 'commander';
import { addConfigFlags, flagValues, loadConfig, messagesFor } from '../config/index.js';
import type { Messages } from '../messages/index.js';

/** The command `start`, with a flag for every setting. */
export function startCommand(messages: Messages): Command {
  const command = new Command('start').description(messages.start.about).allowExcessArguments(false);
  return addConfigFlags(command, messages).action(async () => {
    const loaded = loadConfig({ flags: flagValues(command), env: process.env, cwd: process.cwd() });
    // Loaded only now: --help and a bad flag answer without it.
    const { serve } = await import('./serve.js');
    await serve(loaded, messagesFor(loaded.config, messages));
  });
}
