import { writeFileSync } from 'node:fs';
import {
  addConfigFlags,
  ConfigError,
  flagValues,
  type LoadedConfig,
  languageOption,
  loadConfig,
  type Messages,
  messagesFor,
  messagesIn,
  sampleConfig,
  showConfig,
  visibleSettings,
} from '@madang/server';
import { Command } from 'commander';

/** `config check|print|init`: looks at the settings without starting anything. */
export function configCommand(messages: Messages): Command {
  return new Command('config')
    .description(messages.command.config.about)
    .addCommand(checkCommand(messages))
    .addCommand(printCommand(messages))
    .addCommand(initCommand(messages));
}

function checkCommand(messages: Messages): Command {
  const command = new Command('check').description(messages.command.config.check);
  return addConfigFlags(command, messages).action(() => {
    const { config, warnings } = load(command);
    const words = messagesFor(config, messages);
    for (const warning of warnings) process.stderr.write(`madang: ${warning(words)}\n`);
    const english = warnings.map((warning) => warning(messagesIn('en')));
    const result = config.json ? JSON.stringify({ ok: true, warnings: english }) : words.command.config.right;
    process.stdout.write(`${result}\n`);
  });
}

function printCommand(messages: Messages): Command {
  const command = new Command('print').description(messages.command.config.print);
  return addConfigFlags(command, messages).action(() => {
    const loaded = load(command);
    const { json } = loaded.config;
    const text = json
      ? `${JSON.stringify(visibleSettings(loaded))}\n`
      : showConfig(loaded, messagesFor(loaded.config, messages));
    process.stdout.write(text);
  });
}

function initCommand(messages: Messages): Command {
  const words = messages.command.config;
  return new Command('init')
    .description(words.init)
    .argument('[file]', words.file)
    .option('--json', words.json)
    .addOption(languageOption(messages))
    .action((file = 'madang.yaml', options: { json?: boolean }) => {
      try {
        writeFileSync(file, sampleConfig(messages), { flag: 'wx', mode: 0o600 });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new ConfigError(({ command: { config } }) =>
          code === 'EEXIST' ? config.exists(file) : config.unwritable(file, String(code)),
        );
      }
      process.stdout.write(options.json ? `${JSON.stringify({ ok: true, file })}\n` : `${words.wrote(file)}\n`);
    });
}

function load(command: Command): LoadedConfig {
  return loadConfig({ flags: flagValues(command), env: process.env, cwd: process.cwd() });
}
