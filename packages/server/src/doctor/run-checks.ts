import { type Config, ConfigError } from '../config/index.js';
import { networkAddresses } from '../network/index.js';
import { inspectCertificates } from '../tls/index.js';
import { type CheckContext, CONFIGURED_CHECKS, type Judged, MACHINE_CHECKS } from './checks.js';
import { CHECK_IDS, type CheckId, type Row } from './row.js';
import { bad, ok, type Verdict } from './verdict.js';

/** See `examine`. */
export async function runAllChecks(settings: Config | ConfigError): Promise<Row[]> {
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

/** See `examineAtStart`. */
export async function runQuickChecks(config: Config): Promise<Row[]> {
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
