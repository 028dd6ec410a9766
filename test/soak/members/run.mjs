// `npm run soak:members`: twelve members of one room for SOAK_MINUTES (10) on a line that loses SOAK_LOSS (3) of a hundred packets each
// way, who come and go, mute, share their screens and look at each other in many sizes. Two of them are pages of Chromium. Prints a
// line a minute, and ends with 0 when no tile stood still for 2 s, memory did not grow, and no event loop came late.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { LossyLine } from './lossy-line.mjs';

const why = LossyLine.whyNone();
if (why !== undefined) {
  console.error(why);
  process.exit(1);
}
const line = new LossyLine(Number(process.env.SOAK_LOSS ?? 3));
try {
  const [program, ...entrance] = line.server;
  const args = [...entrance, process.execPath, join(import.meta.dirname, 'watched-room.mjs'), ...line.guests];
  const room = spawn(program, args, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => room.kill(signal));
  const [code] = await once(room, 'exit');
  process.exitCode = code ?? 1;
} finally {
  line.close();
}
