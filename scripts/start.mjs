// `npm start`: installs and builds what is missing, then runs the server in this process, so that signals reach it.
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { requireNode } from './workspace.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { main } = await import('../packages/cli/dist/madang.js');
await main(['start', ...process.argv.slice(2)]);
