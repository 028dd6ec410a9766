import { runStart } from './start/index.js';

await runStart(process.argv.slice(2));
