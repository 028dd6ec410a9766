import { resolve } from 'node:path';
import type { z } from 'zod';
import type { Config, ConfigField } from './config.js';
import { ConfigError } from './config-error.js';
import { type FileEntry, readConfigFile } from './config-file.js';
import { CONFIG_KEYS, type ConfigKey } from './keys.js';
import { didYouMean } from './nearest.js';

/** Where a value came from, as an operator would look for it: `--http-port`, `MADANG_HTTP_PORT`, `madang.yaml:3`. */
export type ValueOrigin =
  | { readonly kind: 'flag' | 'env' | 'file'; readonly text: string }
  | { readonly kind: 'default' };

export interface LoadedConfig {
  readonly config: Config;
  readonly origins: ReadonlyMap<ConfigField, ValueOrigin>;
  /** Sentences for the operator about settings that have no effect. */
  readonly warnings: readonly string[];
}

export interface ConfigSources {
  /** Values of flags by field, as text, lists of text or booleans; only those given. */
  readonly flags: Readonly<Partial<Record<ConfigField, unknown>>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative file names start here. */
  readonly cwd: string;
}

/**
 * The configuration from flags, environment and file, in this order of precedence.
 * Throws `ConfigError` with one line that names the source of what is wrong.
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  refuseUnknownVariables(sources.env);
  const file = readFile(sources);
  const values: Record<string, unknown> = {};
  const origins = new Map<ConfigField, ValueOrigin>();
  for (const key of CONFIG_KEYS) {
    const { value, origin } = pick(key, sources, file);
    origins.set(key.field, origin);
    values[key.field] = check(key, value, origin);
  }
  const config = values as Config;
  checkTogether(config, origins);
  return { config: absolute(config, sources.cwd), origins, warnings: warningsAbout(config, origins) };
}

interface OpenedFile {
  readonly name: string;
  readonly entries: ReadonlyMap<string, FileEntry>;
}

function readFile(sources: ConfigSources): OpenedFile {
  const key = CONFIG_KEYS.find(({ field }) => field === 'config')!;
  const given = sources.flags.config ?? (sources.env[key.env] || undefined);
  const origin: ValueOrigin =
    sources.flags.config === undefined ? { kind: 'env', text: key.env } : { kind: 'flag', text: '--config' };
  const name = check(key, given, origin) as string;
  return { name, entries: readConfigFile(resolve(sources.cwd, name), given !== undefined, name) };
}

function pick(key: ConfigKey, sources: ConfigSources, file: OpenedFile): { value: unknown; origin: ValueOrigin } {
  const flag = sources.flags[key.field];
  if (flag !== undefined) return { value: flag, origin: { kind: 'flag', text: `--${key.flag}` } };
  const variable = sources.env[key.env];
  if (variable !== undefined && variable !== '') return { value: variable, origin: { kind: 'env', text: key.env } };
  const entry = file.entries.get(key.flag);
  if (entry !== undefined && entry.value !== null) {
    return { value: entry.value, origin: { kind: 'file', text: `${file.name}:${entry.line}: ${key.flag}` } };
  }
  return { value: undefined, origin: { kind: 'default' } };
}

function check(key: ConfigKey, value: unknown, origin: ValueOrigin): unknown {
  const result: z.ZodSafeParseResult<unknown> = key.schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const source = origin.kind === 'default' ? key.flag : origin.text;
  const shown = key.secret ? '' : `, not ${show(issue?.input ?? value)}`;
  throw new ConfigError(`${source} must be ${wanted(issue)}${shown}`);
}

function wanted(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return 'something else';
  return issue.code === 'invalid_type' ? 'text' : issue.message;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function refuseUnknownVariables(env: ConfigSources['env']): void {
  const known = CONFIG_KEYS.map((key) => key.env);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('MADANG_') || known.includes(name)) continue;
    throw new ConfigError(`unknown environment variable ${name}${didYouMean(name, known)}`);
  }
}

function checkTogether(config: Config, origins: ReadonlyMap<ConfigField, ValueOrigin>): void {
  const name = (field: ConfigField, flag: string) => {
    const origin = origins.get(field);
    return origin === undefined || origin.kind === 'default' ? `--${flag}` : origin.text;
  };
  if (config.httpPort === 'off' && config.httpsPort === 'off') {
    throw new ConfigError(`${name('httpsPort', 'https-port')} and ${name('httpPort', 'http-port')} can't both be off`);
  }
  if (config.httpPort === config.httpsPort && config.httpPort !== 0) {
    throw new ConfigError(`${name('httpsPort', 'https-port')} can't be the port of HTTP too (${config.httpPort})`);
  }
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    const [has, lacks] = config.tlsCert === undefined ? ['tls-key', 'tls-cert'] : ['tls-cert', 'tls-key'];
    throw new ConfigError(`${name(config.tlsCert ? 'tlsCert' : 'tlsKey', has)} needs --${lacks} beside it`);
  }
  if (config.mode !== 'p2p') {
    throw new ConfigError(
      `${name('mode', 'mode')} ${config.mode}: this version has peer-to-peer rooms only, so the mode must be p2p`,
    );
  }
}

function absolute(config: Config, cwd: string): Config {
  const from = (path: string) => resolve(cwd, path);
  return {
    ...config,
    dataDir: from(config.dataDir),
    config: from(config.config),
    tlsCert: config.tlsCert === undefined ? undefined : from(config.tlsCert),
    tlsKey: config.tlsKey === undefined ? undefined : from(config.tlsKey),
  };
}

function warningsAbout(config: Config, origins: ReadonlyMap<ConfigField, ValueOrigin>): string[] {
  const warnings: string[] = [];
  for (const key of CONFIG_KEYS) {
    const origin = origins.get(key.field);
    if (!key.reserved || origin === undefined || origin.kind === 'default') continue;
    warnings.push(`${origin.text} has no effect yet: this version has no media server and no TURN server`);
  }
  if (config.tlsCert !== undefined && config.httpsPort === 'off') {
    warnings.push('--tls-cert has no effect while HTTPS is off');
  }
  return warnings;
}
