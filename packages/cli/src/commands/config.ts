import { writeFileSync } from 'node:fs';
import {
  addConfigFlags,
  ConfigError,
  flagValues,
  type LoadedConfig,
  loadConfig,
  sampleConfig,
  showConfig,
  visibleSettings,
} from '@madang/server';
import { Command } from 'commander';

/** `config check|print|init`: looks at the settings without starting anything. */
export function configCommand(): Command {
  return new Command('config')
    .description('Check, print or begin the configuration')
    .addCommand(checkCommand())
    .addCommand(printCommand())
    .addCommand(initCommand());
}

function checkCommand(): Command {
  const command = new Command('check').description(
    'Say whether flags, environment and file are right (exit code 2 if not)',
  );
  return addConfigFlags(command).action(() => {
    const { config, warnings } = load(command);
    for (const warning of warnings) process.stderr.write(`madang: ${warning}\n`);
    process.stdout.write(config.json ? `${JSON.stringify({ ok: true, warnings })}\n` : 'the configuration is right\n');
  });
}

function printCommand(): Command {
  const command = new Command('print').description('Print the settings in force, and where each comes from');
  return addConfigFlags(command).action(() => {
    const loaded = load(command);
    process.stdout.write(loaded.config.json ? `${JSON.stringify(visibleSettings(loaded))}\n` : showConfig(loaded));
  });
}

function initCommand(): Command {
  return new Command('init')
    .description('Write a file in which every setting is explained')
    .argument('[file]', 'where to', 'madang.yaml')
    .option('--json', 'print the result as JSON')
    .action((file: string, options: { json?: boolean }) => {
      try {
        writeFileSync(file, sampleConfig(), { flag: 'wx', mode: 0o600 });
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new ConfigError(`${file}: ${code === 'EEXIST' ? 'exists already' : `can't be written (${code})`}`);
      }
      process.stdout.write(options.json ? `${JSON.stringify({ ok: true, file })}\n` : `wrote ${file}\n`);
    });
}

function load(command: Command): LoadedConfig {
  return loadConfig({ flags: flagValues(command), env: process.env, cwd: process.cwd() });
}
