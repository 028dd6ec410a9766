import { type Config, ConfigError } from '../config/index.js';
import { inspectCertificates, networkAddresses } from '../tls/index.js';
import {
  CHECK_IDS,
  type CheckContext,
  type CheckId,
  CONFIGURED_CHECKS,
  type Judged,
  MACHINE_CHECKS,
} from './checks.js';
import { bad, ok, type Verdict } from './verdict.js';

/** One row of the doctor's table. */
export interface Row {
  readonly id: CheckId;
  /** Which one, where a check looks at several. */
  readonly subject: string | undefined;
  readonly verdict: Verdict;
}

/**
 * Looks at this machine with these settings, or with the error that they could not be read for. Opens ports for a
 * moment, asks the configured STUN and TURN servers, and writes nothing.
 */
export async function examine(settings: Config | ConfigError): Promise<Row[]> {
  const context: CheckContext = { addresses: ownAddresses(), thorough: true };
  if (settings instanceof ConfigError) {
    const verdict = bad(settings.say, (m) => m.doctor.config.remedy);
    return inOrder([{ id: 'config', subject: undefined, verdict }, ...(await runAll(MACHINE_CHECKS, context))]);
  }
  const configured = { ...context, config: settings, inspection: await inspectCertificates(settings) };
  return inOrder([
    { id: 'config', subject: undefined, verdict: ok((m) => m.doctor.config.valid) },
    ...(await runAll(MACHINE_CHECKS, context)),
    ...(await runAll(CONFIGURED_CHECKS, configured)),
  ]);
}

/** What a start should tell: quick checks only, and of these only what is not well. */
export async function examineAtStart(config: Config): Promise<Row[]> {
  const context = {
    addresses: ownAddresses(),
    thorough: false,
    config,
    inspection: await inspectCertificates(config),
  };
  const quick = (check: { readonly atStart: boolean }) => check.atStart;
  const rows = [
    ...(await runAll(MACHINE_CHECKS.filter(quick), context)),
    ...(await runAll(CONFIGURED_CHECKS.filter(quick), context)),
  ];
  return inOrder(rows.filter(({ verdict }) => verdict.status !== 'ok'));
}

/** Whether something in the table stands in the way of a call. */
export function blocksCalls(rows: readonly Row[]): boolean {
  return rows.some(({ verdict }) => verdict.status === 'bad');
}

interface Runnable<Context> {
  readonly id: CheckId;
  run(context: Context): Verdict | null | readonly Judged[] | Promise<Verdict | null | readonly Judged[]>;
}

async function runAll<Context>(checks: readonly Runnable<Context>[], context: Context): Promise<Row[]> {
  const rows = checks.map(async ({ id, run }): Promise<Row[]> => {
    const found = await run(context);
    if (found === null) return [];
    const judged: readonly Judged[] = 'status' in found ? [{ verdict: found }] : found;
    return judged.map(({ subject, verdict }) => ({ id, subject, verdict }));
  });
  return (await Promise.all(rows)).flat();
}

function inOrder(rows: readonly Row[]): Row[] {
  return CHECK_IDS.flatMap((id) => rows.filter((row) => row.id === id));
}

function ownAddresses(): string[] {
  return [...new Set(networkAddresses().map(({ address }) => address))];
}
