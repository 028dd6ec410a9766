import {
  addConfigFlags,
  blocksCalls,
  type Config,
  ConfigError,
  checkFlags,
  drawTable,
  examine,
  flagValues,
  hasColours,
  loadConfig,
  type Messages,
  messagesFor,
  rowsAsJson,
  summaryOf,
  VERSION,
} from '@madang/server';
import { Command } from 'commander';
import { doctorTurnCommand } from './doctor-turn.js';

/** `doctor`: one table of what stands in the way of a call, and a remedy for each. Exit code 1 if something does. */
export function doctorCommand(messages: Messages): Command {
  const command = new Command('doctor').description(messages.command.doctor).allowExcessArguments(false);
  command.addCommand(doctorTurnCommand(messages));
  return addConfigFlags(command, messages).action(async () => {
    const flags = flagValues(command);
    checkFlags(flags);
    const settings = readSettings(flags);
    const rows = await examine(settings instanceof ConfigError ? settings : settings.config);
    const asked = settings instanceof ConfigError ? flags.json === true : settings.config.json;
    if (asked) process.stdout.write(`${JSON.stringify(rowsAsJson(rows))}\n`);
    else {
      const words = settings instanceof ConfigError ? messages : messagesFor(settings.config, messages);
      const table = drawTable(rows, words, hasColours(process.stdout, process.env));
      process.stdout.write(`${words.doctor.heading(VERSION)}\n\n${table}\n${summaryOf(rows, words)}\n`);
    }
    process.exitCode = blocksCalls(rows) ? 1 : 0;
  });
}

function readSettings(flags: ReturnType<typeof flagValues>): { config: Config } | ConfigError {
  try {
    return loadConfig({ flags, env: process.env, cwd: process.cwd() });
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
