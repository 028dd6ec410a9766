import type { LoadedConfig } from '../config/index.js';
import { createLog } from '../observe/index.js';
import { startBanner, startJson } from './banner.js';
import { runUntilStopped } from './run-until-stopped.js';
import { startServer } from './start-server.js';

/** Starts the server, says where it is, and runs until it is told to stop; then ends the process with 0. */
export async function serve({ config, warnings }: LoadedConfig): Promise<void> {
  const log = createLog({ level: config.logLevel, format: config.logFormat });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, 'this should not happen: the server ends');
      process.exit(1);
    });
  }
  // The reader of our output may go away without the calls having to end.
  process.stdout.on('error', () => {});
  const server = await startServer(config, { log, warnings });
  const stopped = runUntilStopped(server);
  process.stdout.write(config.json ? `${startJson(server)}\n` : startBanner(server));
  await server.checked().catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  log.info({ tookMs: Math.round(performance.now()), ...server.ports }, 'started');
  process.stdout.write(`ready ${server.urls.local.join(' ')}\n`);
  await stopped;
  process.exit(0);
}
