import { resolve } from 'node:path';
import type { z } from 'zod';
import { type Messages, messagesIn, type Sentence } from '../messages/index.js';
import type { Config, ConfigField } from './config.js';
import { ConfigError } from './config-error.js';
import { type FileEntry, readConfigFile } from './config-file.js';
import { CONFIG_KEYS, type ConfigKey } from './keys.js';
import { didYouMean } from './nearest.js';
import { wantedBy } from './values.js';

/** Where a value came from, as an operator would look for it: `--http-port`, `MADANG_HTTP_PORT`, `madang.yaml:3`. */
export type ValueOrigin =
  | { readonly kind: 'flag' | 'env' | 'file'; readonly text: string }
  | { readonly kind: 'default' };

export interface LoadedConfig {
  readonly config: Config;
  readonly origins: ReadonlyMap<ConfigField, ValueOrigin>;
  /** Sentences for the operator about settings that have no effect. */
  readonly warnings: readonly Sentence[];
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
  return { config: settled(config, sources.cwd), origins, warnings: warningsAbout(config, origins) };
}

/** Refuses a flag whose own value is wrong, whatever stands in environment and file. */
export function checkFlags(flags: ConfigSources['flags']): void {
  for (const key of CONFIG_KEYS) {
    const value = flags[key.field];
    if (value !== undefined) check(key, value, { kind: 'flag', text: `--${key.flag}` });
  }
}

/** The messages in the language that is set, else those that the command was begun with. */
export function messagesFor({ lang }: Pick<Config, 'lang'>, otherwise: Messages): Messages {
  return lang === undefined ? otherwise : messagesIn(lang);
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
  const wanted = wantedBy(issue);
  const given = issue?.input ?? value;
  if (key.secret) throw new ConfigError((m) => m.config.mustBe(source, wanted(m)));
  throw new ConfigError((m) => m.config.mustBeNot(source, wanted(m), show(given, m)));
}

function show(value: unknown, { config }: Messages): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? config.nothing);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function refuseUnknownVariables(env: ConfigSources['env']): void {
  const known = CONFIG_KEYS.map((key) => key.env);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('MADANG_') || known.includes(name)) continue;
    throw new ConfigError(didYouMean((m) => m.config.unknownVariable(name), name, known));
  }
}

/** Ports that would be opened for TCP, each with those that it may not be. */
const TCP_PORTS = [
  ['httpsPort', 'https-port', ['httpPort']],
  ['turnPort', 'turn-port', ['httpPort', 'httpsPort']],
  ['turnsPort', 'turns-port', ['httpPort', 'httpsPort', 'turnPort']],
] as const;

const PORT_NAMES = { httpPort: 'HTTP', httpsPort: 'HTTPS', turnPort: 'TURN' } as const;

function checkTogether(config: Config, origins: ReadonlyMap<ConfigField, ValueOrigin>): void {
  const name = (field: ConfigField, flag: string) => {
    const origin = origins.get(field);
    return origin === undefined || origin.kind === 'default' ? `--${flag}` : origin.text;
  };
  if (config.httpPort === 'off' && config.httpsPort === 'off') {
    throw new ConfigError((m) => m.config.bothOff(name('httpsPort', 'https-port'), name('httpPort', 'http-port')));
  }
  for (const [field, flag, others] of TCP_PORTS) {
    const same = others.find((other) => config[other] === config[field] && typeof config[field] === 'number');
    const port = config[field];
    if (same === undefined || port === 0) continue;
    throw new ConfigError((m) => m.config.samePort(name(field, flag), port, PORT_NAMES[same]));
  }
  if (config.turnServers.length > 0 && config.turnSecret.length === 0) {
    throw new ConfigError((m) => m.config.needsBeside(name('turnServers', 'turn-server'), 'turn-secret'));
  }
  if (config.share443 && config.httpsPort === 'off') {
    throw new ConfigError((m) =>
      m.config.sharesNothing(name('share443', 'share-443'), name('httpsPort', 'https-port')),
    );
  }
  const isLimited = config.turnKbpsPerAllocation > 0 || config.turnKbpsPerMember > 0;
  if (config.turnTcpRelays && isLimited) {
    throw new ConfigError((m) => m.config.unlimitedTcpRelays(name('turnTcpRelays', 'turn-tcp-relays')));
  }
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    const [has, lacks] =
      config.tlsCert === undefined ? (['tls-key', 'tls-cert'] as const) : (['tls-cert', 'tls-key'] as const);
    throw new ConfigError((m) => m.config.needsBeside(name(config.tlsCert ? 'tlsCert' : 'tlsKey', has), lacks));
  }
  if (config.mode !== 'p2p' && config.mediaPort === 'off' && origins.get('mode')?.kind !== 'default') {
    throw new ConfigError((m) => m.config.modeNeedsMedia(name('mode', 'mode'), config.mode));
  }
}

function settled(config: Config, cwd: string): Config {
  const from = (path: string) => resolve(cwd, path);
  return {
    ...config,
    dataDir: from(config.dataDir),
    config: from(config.config),
    tlsCert: config.tlsCert === undefined ? undefined : from(config.tlsCert),
    tlsKey: config.tlsKey === undefined ? undefined : from(config.tlsKey),
  };
}

/** Whoever gets one credential may try secrets against it at leisure. */
const SHORT_SECRET = 16;

function warningsAbout(config: Config, origins: ReadonlyMap<ConfigField, ValueOrigin>): Sentence[] {
  const warnings: Sentence[] = [];
  if (config.tlsCert !== undefined && config.httpsPort === 'off' && config.turnsPort === 'off') {
    warnings.push((m) => m.config.noEffectWithoutTls);
  }
  const turns = origins.get('turnsPort');
  if (turns?.kind !== 'default' && config.turnsPort !== 'off' && config.httpsPort === 'off' && !config.tlsCert) {
    warnings.push((m) => m.config.noTurnsWithoutCertificate);
  }
  if (config.turnSecret.some((secret) => secret.length < SHORT_SECRET)) {
    warnings.push((m) => m.config.shortSecret(SHORT_SECRET));
  }
  return warnings;
}
