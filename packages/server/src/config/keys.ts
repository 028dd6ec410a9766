import type { z } from 'zod';
import { type Messages, messagesIn } from '../messages/index.js';
import { type ConfigField, ConfigSchema, type KeyMeta, keyMeta } from './config.js';

/** One setting under all of its names. */
export interface ConfigKey extends KeyMeta {
  readonly field: ConfigField;
  readonly env: string;
  readonly schema: z.ZodType;
  /** What holds when nothing is set, for the help and the sample file, in English and in any language. */
  readonly shownDefault: string;
  defaultIn(messages: Messages): string;
}

function describe(field: ConfigField): ConfigKey {
  const schema: z.ZodType = ConfigSchema.shape[field];
  const meta = keyMeta.get(schema);
  if (meta === undefined) throw new Error(`the setting ${field} has no name`);
  const env = `MADANG_${meta.flag.toUpperCase().replaceAll('-', '_')}`;
  const value = String(schema.parse(undefined));
  const defaultIn = ({ settings }: Messages) => wordsOf(settings[meta.flag]) ?? value;
  return { ...meta, field, env, schema, defaultIn, shownDefault: defaultIn(messagesIn('en')) };
}

function wordsOf(setting: { readonly what: string; readonly default?: string }): string | undefined {
  return setting.default;
}

/** Every setting, in the order of the help. */
export const CONFIG_KEYS: readonly ConfigKey[] = (Object.keys(ConfigSchema.shape) as ConfigField[]).map(describe);
