import { existsSync, rmSync } from 'node:fs';
import { ensureBrowsers } from '../../../scripts/browsers.mjs';
import { inCheckout } from './checkout.js';

/** Runs once before all files: what is tested is the built program, in browsers that are installed. */
export function setup(): void {
  if (!existsSync(inCheckout('packages/cli/dist/main.js'))) throw new Error('not built yet: run `npm run build` first');
  if (!ensureBrowsers()) throw new Error('the browsers are missing, see above');
  rmSync(inCheckout('test-results'), { recursive: true, force: true });
}
