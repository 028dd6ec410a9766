import type { z } from 'zod';
import { type ConfigField, ConfigSchema, type KeyMeta, keyMeta } from './config.js';

/** One setting under all of its names. */
export interface ConfigKey extends KeyMeta {
  readonly field: ConfigField;
  readonly env: string;
  readonly schema: z.ZodType;
  /** What holds when nothing is set, for the help and the sample file. */
  readonly shownDefault: string;
}

function describe(field: ConfigField): ConfigKey {
  const schema: z.ZodType = ConfigSchema.shape[field];
  const meta = keyMeta.get(schema);
  if (meta === undefined) throw new Error(`the setting ${field} has no description`);
  const env = `MADANG_${meta.flag.toUpperCase().replaceAll('-', '_')}`;
  const shownDefault = meta.defaultText ?? String(schema.parse(undefined));
  return { ...meta, field, env, schema, shownDefault };
}

/** Every setting, in the order of the help. */
export const CONFIG_KEYS: readonly ConfigKey[] = (Object.keys(ConfigSchema.shape) as ConfigField[]).map(describe);
