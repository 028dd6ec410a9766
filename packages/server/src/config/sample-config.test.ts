import { Command } from 'commander';
import { expect, test } from 'vitest';
import { LANGUAGE_CODES, messagesIn } from '../messages/index.js';
import { parseConfigFile } from './config-file.js';
import { addConfigFlags } from './flags.js';
import { CONFIG_KEYS } from './keys.js';
import { loadConfig } from './load-config.js';
import { sampleConfig } from './sample-config.js';
import { showConfig } from './show-config.js';

test.each(LANGUAGE_CODES)(
  'the help in %s names every setting with its flag, its variable and its default',
  (language) => {
    const messages = messagesIn(language);
    const command = addConfigFlags(new Command('start'), messages).configureHelp({ helpWidth: 1_000 });
    const lines = command.helpInformation().split('\n');
    for (const key of CONFIG_KEYS) {
      const line = lines.find((text) => text.trim().startsWith(`--${key.flag} `)) ?? '';
      expect(line).toContain(messages.settings[key.flag].what);
      expect(line).toContain(`[${key.defaultIn(messages)}]`);
      expect(line.trimEnd().endsWith(key.env)).toBe(true);
    }
  },
);

test.each(LANGUAGE_CODES)(
  'the sample file in %s is all comments, and right once the comment signs are gone',
  (language) => {
    const sample = sampleConfig(messagesIn(language));
    expect(parseConfigFile(sample, 'sample').size).toBe(0);
    const entries = parseConfigFile(sample.replace(/^#(?! )/gm, '').replace(/^# {2}(?=[ -])/gm, '  '), 'sample');
    expect([...entries.keys()].sort()).toEqual(
      CONFIG_KEYS.map((key) => key.flag)
        .filter((flag) => flag !== 'config')
        .sort(),
    );
    for (const key of CONFIG_KEYS) {
      if (key.flag !== 'config') expect(() => key.schema.parse(entries.get(key.flag)?.value), key.flag).not.toThrow();
    }
  },
);

test('the settings in force are shown without credentials', () => {
  const env = { MADANG_ICE_SERVER: '[{"urls":"turn:a.example","username":"u","credential":"hunter2"}]' };
  const shown = showConfig(loadConfig({ flags: { httpPort: '81' }, env, cwd: '/nowhere' }), messagesIn('en'));
  expect(shown).toContain('# --http-port\nhttp-port: 81');
  expect(shown).toContain('# MADANG_ICE_SERVER, credentials hidden');
  expect(shown).toContain('turn:a.example');
  expect(shown).not.toContain('hunter2');
  const secret = showConfig(loadConfig({ flags: { turnSecret: ['hunter3'] }, env, cwd: '/nowhere' }), messagesIn('en'));
  expect(secret).toContain('# --turn-secret, credentials hidden\nturn-secret:\n  - hidden');
  expect(secret).not.toContain('hunter3');
});
