import { existsSync } from 'node:fs';
import { ensureForeignStacks } from '../../../scripts/foreign-stacks.mjs';
import { inCheckout } from '../../e2e/support/checkout.js';

/** Runs once before all files: what is tested is the built program, with stacks that are installed. */
export function setup(): void {
  if (!existsSync(inCheckout('packages/cli/dist/main.js'))) throw new Error('not built yet: run `npm run build` first');
  if (!ensureForeignStacks()) throw new Error('foreign stacks are missing, see above');
}
