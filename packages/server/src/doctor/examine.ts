import type { Config, ConfigError } from '../config/index.js';
import type { Row } from './row.js';

/**
 * Looks at this machine with these settings, or with the error that they could not be read for. Opens ports for a
 * moment, asks the configured STUN and TURN servers, and writes nothing. The checks are loaded only then: help and a bad
 * flag answer without them.
 */
export async function examine(settings: Config | ConfigError): Promise<Row[]> {
  const { runAllChecks } = await import('./run-checks.js');
  return runAllChecks(settings);
}

/** What a start should tell: quick checks only, and of these only what is not well. */
export async function examineAtStart(config: Config): Promise<Row[]> {
  const { runQuickChecks } = await import('./run-checks.js');
  return runQuickChecks(config);
}
