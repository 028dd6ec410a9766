import { readFileSync } from 'node:fs';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { ConfigError } from './config-error.js';
import { CONFIG_KEYS } from './keys.js';
import { didYouMean } from './nearest.js';

/** A value of the file and the line it stands on, counted from 1. */
export interface FileEntry {
  readonly value: unknown;
  readonly line: number;
}

/**
 * The settings of a YAML file by key; complaints call it `name`. A file that isn't there is an error only when it was asked for.
 * Refuses, with `ConfigError` and the line, what is no YAML, no mapping, or has a key that does not exist.
 */
export function readConfigFile(path: string, required: boolean, name: string): Map<string, FileEntry> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !required) return new Map();
    throw new ConfigError((m) =>
      code === 'ENOENT' ? m.config.noSuchFile(name) : m.config.unreadable(name, String(code)),
    );
  }
  return parseConfigFile(text, name);
}

/** As `readConfigFile`, from the text. */
export function parseConfigFile(text: string, path: string): Map<string, FileEntry> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) {
    const where = `${path}:${lines.linePos(broken.pos[0]).line}`;
    throw new ConfigError((m) => m.config.noYaml(where, oneLine(broken.message)));
  }
  const entries = new Map<string, FileEntry>();
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) return entries;
  if (!isMap(document.contents)) throw new ConfigError((m) => m.config.noMapping(`${path}:1`));
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const line = isScalar(key) && key.range ? lines.linePos(key.range[0]).line : 1;
    checkName(name, `${path}:${line}`);
    entries.set(name, { value: toPlain(value, `${path}:${line}`, document), line });
  }
  return entries;
}

function checkName(name: string, where: string): void {
  if (name === 'config') throw new ConfigError((m) => m.config.configInFile(where));
  const flags: string[] = CONFIG_KEYS.map((key) => key.flag);
  if (flags.includes(name)) return;
  throw new ConfigError(didYouMean((m) => m.config.unknownSetting(where, quoted(name)), name, flags));
}

function toPlain(node: unknown, where: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return (node as { toJS(document: unknown): unknown } | null)?.toJS(document) ?? null;
  } catch (error) {
    const why = oneLine((error as Error).message);
    throw new ConfigError(() => `${where}: ${why}`);
  }
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const quoted = (name: string) => JSON.stringify(name.slice(0, 80));
