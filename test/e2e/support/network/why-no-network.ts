import { execFileSync } from 'node:child_process';
import { Namespace } from './namespace.js';

/**
 * Why networks can't be made here, in a sentence; undefined where they can. Tried, not guessed: containers often have a
 * root that may not.
 */
export function whyNoNetwork(): string | undefined {
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  try {
    execFileSync('nft', ['--version'], { stdio: 'ignore' });
    Namespace.create('probe').remove();
    return undefined;
  } catch (error) {
    return `network namespaces can't be made here: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}
