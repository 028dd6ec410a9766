import { pageConfig } from '../../page-config.js';
import { thisPlatform } from '../../platform/read-platform.js';
import type { RunState } from './test-run.js';
import { CHECKS } from './verdict.js';

/** The result as a file for a bug report: what was found, and nothing that tells who or where one is. */
export function testReport({ checks, servers }: Pick<RunState, 'checks' | 'servers'>): string {
  const report = {
    format: 'madang-test',
    version: 1,
    madang: pageConfig.version,
    madeAt: new Date().toISOString(),
    userAgent: navigator.userAgent,
    platform: thisPlatform(),
    checks: CHECKS.map((check) => ({ check, ...checks[check] })),
    servers: servers.map(({ kind, transport, end }) => ({ kind, transport, ...end })),
  };
  return JSON.stringify(report, null, 2);
}

/** Hands the report to the browser as a download. */
export function saveReport(text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: 'madang-test.json' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
