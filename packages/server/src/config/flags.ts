import { type Command, Option } from 'commander';
import type { Messages } from '../messages/index.js';
import type { ConfigField } from './config.js';
import { CONFIG_KEYS, type ConfigKey } from './keys.js';

/** Gives a command one flag per setting, in groups, with default and variable in the help. */
export function addConfigFlags(command: Command, messages: Messages): Command {
  for (const key of CONFIG_KEYS) command.addOption(optionOf(key, messages));
  return command;
}

function optionOf(key: ConfigKey, messages: Messages): Option {
  const value = key.placeholder === undefined ? '' : ` <${key.placeholder}>`;
  const { config, settings } = messages;
  const what = settings[key.flag].what + (key.repeatable ? `; ${config.repeatable}` : '');
  const text = `${what} [${key.defaultIn(messages)}] ${key.env}`;
  const option = new Option(`--${key.flag}${value}`, text).helpGroup(`${config.groups[key.group]}:`);
  option.attributeName = () => key.field;
  if (!key.repeatable) return option;
  return option.argParser<string[]>((text, before) => [...(before ?? []), text]);
}

/** The settings given as flags of a command that `addConfigFlags` prepared, by field. */
export function flagValues(command: Command): Partial<Record<ConfigField, unknown>> {
  const given: Record<string, unknown> = command.opts();
  const values: Partial<Record<ConfigField, unknown>> = {};
  for (const key of CONFIG_KEYS) if (given[key.field] !== undefined) values[key.field] = given[key.field];
  return values;
}
