// `npm start` and `npm run madang -- COMMAND`: installs and builds what is missing, then runs the command in this process,
// so that signals reach it.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { requireNode } from './workspace.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { main } = await import('../packages/cli/dist/madang.js');
await main(process.argv.slice(2));
