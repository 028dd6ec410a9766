import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';

/** Resident memory of one browser's renderer processes, in MiB, asked four times a second until it is stopped. */
export class PageMemory {
  firstMiB = 0;
  mostMiB = 0;
  private timer: ReturnType<typeof setInterval> | undefined;

  static async watch(browser: Browser): Promise<PageMemory> {
    const memory = new PageMemory();
    const session = await browser.newBrowserCDPSession();
    const look = async (): Promise<void> => {
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const now = processInfo
        .filter(({ type }) => type === 'renderer')
        .reduce((sum, { id }) => sum + residentMiB(id), 0);
      memory.firstMiB ||= now;
      memory.mostMiB = Math.max(memory.mostMiB, now);
    };
    await look();
    memory.timer = setInterval(() => void look().catch(() => {}), 250);
    return memory;
  }

  /** How much more it was at its most than at the beginning. */
  stop(): number {
    clearInterval(this.timer);
    return this.mostMiB - this.firstMiB;
  }
}

function residentMiB(pid: number): number {
  try {
    const [, kB = '0'] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kB) / 1_024;
  } catch {
    return 0;
  }
}
