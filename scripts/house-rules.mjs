// The house rules of CONTRIBUTING.md that a program can hold: who may import whom, names, sizes, and what the engine must
// not know. Each rule is a function from a source file to findings.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative, sep } from 'node:path';

/** Package → packages it may import; `types` in front: only with `import type`. */
const MAY_IMPORT = {
  protocol: [],
  engine: ['types protocol'],
  native: ['types engine'],
  testkit: ['engine', 'protocol', 'types native'],
  server: ['engine', 'native', 'protocol'],
  client: ['types protocol'],
  web: ['client', 'types protocol'],
  cli: ['client', 'engine', 'native', 'server'],
};

/** In a list of levels: the files beside the folders. The package's own `index.ts` is always above all. */
const BESIDE = null;

/** Package → folders by level. A folder imports only folders of lower levels; files beside them come last by default. */
const LEVELS = {
  engine: [
    ['bytes', 'ports'],
    ['stun', 'rtp', 'sctp'],
    ['sdp'],
    ['ice', 'turn', 'stream', 'bwe'],
    ['peer'],
    ['sfu'],
    ['router'],
    ['room'],
  ],
  server: [
    ['messages'],
    ['config', 'observe', 'network'],
    ['auth', 'tls'],
    ['media'],
    ['cluster'],
    ['signal', 'whip', 'janus', 'record', 'bridge'],
    ['http'],
    ['turn-client'],
    ['doctor'],
    ['start'],
  ],
  client: [[BESIDE], ['path'], ['record'], ['link', 'media', 'data', 'diagnosis', 'whip', 'encryption'], ['room']],
};

const LONGEST_FILE = 300;
const VAGUE_NAME = /^(utils?|misc|common|types|helpers?|shared)$|-(utils?|helpers?|manager|impl)$/;
const VAGUE_CLASS = /\b(?:class|interface)\s+\w*(?:Manager|Helper|Util|Utils|Impl)\b/;
const IMPURE =
  /\b(?:Date\.now|new Date\(|performance\.|Math\.random|setTimeout|setInterval|setImmediate|process\.|console\.|crypto\.)/;
const IMPORT = /^\s*(import|export)(\s+type)?[^'"`;]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

/** Every import of a source text: its specifier, and whether it is of types only. */
function importsOf(text) {
  return [...text.matchAll(IMPORT)].map((match) => ({
    specifier: match[3] ?? match[4] ?? match[5],
    typesOnly: match[2] !== undefined,
  }));
}

/** `packages/NAME/src/FOLDER/…` as its parts; null for files elsewhere. */
function place(path) {
  const [packages, name, src, ...rest] = path.split('/');
  if (packages !== 'packages' || src !== 'src') return null;
  return { name, folder: rest.length > 1 ? rest[0] : null, file: rest.at(-1), inside: rest.join('/') };
}

function packageArrows({ path, imports, at }) {
  const allowed = MAY_IMPORT[at.name] ?? [];
  return imports
    .filter(({ specifier }) => specifier.startsWith('@madang/'))
    .flatMap(({ specifier, typesOnly }) => {
      const [, name, ...deep] = specifier.split('/');
      if (deep.length > 0) return [`${path}: imports ${specifier}; only a package's own face may be imported`];
      if (allowed.includes(name) || (typesOnly && allowed.includes(`types ${name}`))) return [];
      return [`${path}: ${at.name} may not import ${typesOnly ? '' : 'values of '}${name}`];
    });
}

function levelOf({ name, folder, inside }) {
  const levels = LEVELS[name];
  const level = levels.findIndex((folders) => folders.includes(folder));
  const isTop = inside.startsWith('index.') || (folder === BESIDE && level === -1);
  return isTop ? levels.length : level;
}

function folderArrows({ path, imports, at }) {
  if (!LEVELS[at.name]) return [];
  const own = levelOf(at);
  if (own === -1) return [`${path}: folder ${at.folder} has no level in scripts/house-rules.mjs`];
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .flatMap(({ specifier }) => {
      const target = place(posix.normalize(posix.join(dirname(path), specifier)));
      if (target === null) return [`${path}: imports ${specifier} from outside its package's sources`];
      if (target.folder === at.folder) {
        const ownFace = at.folder !== BESIDE && target.inside === `${at.folder}/index.js` && at.file !== 'index.ts';
        return ownFace ? [`${path}: imports its own folder's index`] : [];
      }
      if (levelOf(target) >= own) return [`${path}: ${at.folder ?? 'the root'} may not import ${target.folder}`];
      const isFace = target.folder === BESIDE || target.inside === `${target.folder}/index.js`;
      return isFace ? [] : [`${path}: imports ${specifier} past its folder's index`];
    });
}

function purity({ path, text, imports, at }) {
  if (at.name !== 'engine' && at.name !== 'protocol') return [];
  const findings = imports
    .filter(({ specifier }) => specifier.startsWith('node:'))
    .map(({ specifier }) => `${path}: ${at.name} is pure and may not import ${specifier}`);
  const impure = IMPURE.exec(text.replace(/^\s*(?:\/?\*|\/\/).*$/gm, ''));
  if (impure) findings.push(`${path}: ${at.name} is pure and may not use ${impure[0]}`);
  return findings;
}

function names({ path, text, at }) {
  const name = at.file.replace(/\.(test\.)?(tsx?|css|module\.css)$/, '').replace(/\.(module|test)$/, '');
  const findings = [];
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) findings.push(`${path}: file names are kebab-case`);
  if (VAGUE_NAME.test(name)) findings.push(`${path}: "${name}" says nothing about what is in it`);
  const vague = VAGUE_CLASS.exec(text);
  if (vague) findings.push(`${path}: "${vague[0]}" says nothing about what it is`);
  return findings;
}

function size({ path, text }) {
  const lines = text.split('\n').length;
  return lines > LONGEST_FILE ? [`${path}: ${lines} lines; past ${LONGEST_FILE} a file is usually two things`] : [];
}

function randomness({ path, text }) {
  return /\bMath\.random\b/.test(text)
    ? [`${path}: Math.random is predictable; take the injected Random or node:crypto`]
    : [];
}

const RULES = [packageArrows, folderArrows, purity, names, size, randomness];
const RULES_OF_TESTS = [names];

function* sources(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path;
  }
}

/** Findings of one file, given as its path from the root (with slashes) and its text. */
export function findingsOf(path, text) {
  const at = place(path);
  if (at === null) return [];
  const rules = /\.test\.tsx?$/.test(basename(path)) ? RULES_OF_TESTS : RULES;
  return rules.flatMap((rule) => rule({ path, text, at, imports: importsOf(text) }));
}

/** Findings of every source file in the packages' src folders. An empty list: all rules hold. */
export function checkHouseRules(root) {
  return readdirSync(join(root, 'packages')).flatMap((name) =>
    [...sources(join(root, 'packages', name, 'src'))].flatMap((file) =>
      findingsOf(relative(root, file).split(sep).join('/'), readFileSync(file, 'utf8')),
    ),
  );
}
