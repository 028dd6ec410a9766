import { type Command, Option } from 'commander';
import type { ConfigField } from './config.js';
import { CONFIG_KEYS, type ConfigKey } from './keys.js';

/** Gives a command one flag per setting, in groups, with default and variable in the help. */
export function addConfigFlags(command: Command): Command {
  for (const key of CONFIG_KEYS) command.addOption(optionOf(key));
  return command;
}

function optionOf(key: ConfigKey): Option {
  const value = key.placeholder === undefined ? '' : ` <${key.placeholder}>`;
  const repeatable = key.repeatable ? '; may be repeated' : '';
  const later = key.reserved ? '; no effect yet' : '';
  const text = `${key.description}${repeatable}${later} [${key.shownDefault}] ${key.env}`;
  const option = new Option(`--${key.flag}${value}`, text).helpGroup(`${key.group}:`);
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
