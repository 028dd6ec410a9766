import type { Messages } from '../messages/index.js';
import { GROUPS } from './config.js';
import { CONFIG_KEYS, type ConfigKey } from './keys.js';

/** A `madang.yaml` in which every setting stands as a comment with its explanation. */
export function sampleConfig(messages: Messages): string {
  const lines = [`# ${messages.config.sampleHeading}`];
  for (const group of GROUPS) {
    lines.push('', `# ${messages.config.groups[group]}`);
    for (const key of CONFIG_KEYS)
      if (key.group === group && key.field !== 'config') lines.push('', ...entry(key, messages));
  }
  return `${lines.join('\n')}\n`;
}

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  bind: ['bind: [127.0.0.1]'],
  announce: ['announce: [203.0.113.7]'],
  'tls-cert': ['tls-cert: /etc/ssl/example.org/fullchain.pem'],
  'tls-key': ['tls-key: /etc/ssl/example.org/privkey.pem'],
  'share-443': ['share-443: true'],
  'turn-bind': ['turn-bind: [203.0.113.7]'],
  'media-bind': ['media-bind: [203.0.113.7]'],
  'media-threads': ['media-threads: 2'],
  'turn-secret': ['turn-secret: a-long-random-text'],
  'whip-token': ['whip-token: a-long-random-text'],
  'whep-token': ['whep-token: another-random-text'],
  'turn-server': ['turn-server: ["turn:turn.example.org:3478?transport=udp"]'],
  'turn-tcp-relays': ['turn-tcp-relays: true'],
  'turn-allow-peer': ['turn-allow-peer: [10.1.0.0/16]'],
  'base-path': ['base-path: /calls'],
  'trust-proxy': ['trust-proxy: [loopback]'],
  'allow-origin': ['allow-origin: [https://example.org]'],
  'ice-server': [
    'ice-server:',
    '  - urls: stun:stun.example.org:3478',
    '  - urls: [turn:turn.example.org:3478, turns:turn.example.org:5349]',
    '    username: madang',
    '    credential: secret',
  ],
  json: ['json: false'],
  lang: ['lang: en'],
};

function entry(key: ConfigKey, messages: Messages): string[] {
  const { config, settings } = messages;
  const { what } = settings[key.flag];
  const example = EXAMPLES[key.flag] ?? [`${key.flag}: ${key.shownDefault}`];
  return [`# ${config.sampleEntry(what, key.defaultIn(messages))}`, ...example.map((line) => `#${line}`)];
}
