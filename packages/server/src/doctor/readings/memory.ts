import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import type { MemoryReading } from '../checks/memory.js';

/** `MemAvailable` counts what caches give back; `freemem` elsewhere. */
export async function readMemory(): Promise<MemoryReading> {
  const table = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(table)?.[1];
  const totalBytes = totalmem();
  // Zero, or more than there is, stand for no limit.
  const constrained = process.constrainedMemory();
  return {
    totalBytes,
    availableBytes: available === undefined ? freemem() : Number(available) * 1_024,
    limitBytes: constrained > 0 && constrained < totalBytes ? constrained : undefined,
  };
}
