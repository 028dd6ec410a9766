import { stringify } from 'yaml';
import type { Messages } from '../messages/index.js';
import type { Config } from './config.js';
import { CONFIG_KEYS, type ConfigKey } from './keys.js';
import type { LoadedConfig } from './load-config.js';

const HIDDEN = 'hidden';

/** The settings in force by flag, as plain values; credentials are left out. */
export function visibleSettings({ config }: LoadedConfig): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const key of CONFIG_KEYS) {
    if (key.field === 'iceServers') settings[key.flag] = config.iceServers.map(({ urls }) => ({ urls }));
    else if (key.field === 'turnSecret') settings[key.flag] = config.turnSecret.map(() => HIDDEN);
    else settings[key.flag] = config[key.field] ?? null;
  }
  return settings;
}

/** The settings in force as a `madang.yaml`, each with the place it came from. */
export function showConfig(loaded: LoadedConfig, { config: words }: Messages): string {
  const settings = visibleSettings(loaded);
  const lines = CONFIG_KEYS.filter(({ field }) => field !== 'config').map((key) => {
    const origin = loaded.origins.get(key.field);
    const from = origin === undefined || origin.kind === 'default' ? words.fromDefault : origin.text;
    const hidden = holdsSecrets(key, loaded.config) ? `, ${words.credentialsHidden}` : '';
    return `# ${from}${hidden}\n${stringify({ [key.flag]: settings[key.flag] }).trimEnd()}`;
  });
  return `${lines.join('\n')}\n`;
}

function holdsSecrets({ field }: ConfigKey, { iceServers, turnSecret }: Config): boolean {
  if (field === 'turnSecret') return turnSecret.length > 0;
  return field === 'iceServers' && iceServers.some(({ credential }) => credential);
}
