// Prints the C++ sources of the addon for binding.gyp, one a line: every `.cc` below `cc/`.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const sources = readdirSync(join(here, 'cc'), { recursive: true })
  .filter((file) => file.endsWith('.cc'))
  .map((file) => `cc/${file.replaceAll('\\', '/')}`)
  .sort();
console.log(sources.join('\n'));
