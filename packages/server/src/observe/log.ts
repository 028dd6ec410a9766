import { createRequire } from 'node:module';
import { type DestinationStream, type Logger, pino } from 'pino';

export interface LogOptions {
  readonly level: string;
  readonly format: 'auto' | 'pretty' | 'json';
  /** Where lines go instead of standard error. */
  readonly destination?: DestinationStream;
}

/** What must never be read in a log, wherever in an object it stands, down to the fourth level. */
const SECRET_FIELDS = [
  'token',
  'resume',
  'credential',
  'password',
  'sdp',
  'candidate',
  'authorization',
  'cookie',
  'key',
];

const REDACTED_PATHS = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);

/** The process's logger. Lines go to standard error, so that standard output stays for what the commands print. */
export function createLog(options: LogOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    redact: { paths: REDACTED_PATHS, censor: '[hidden]' },
  };
  if (options.destination) return pino(settings, options.destination);
  const pretty = options.format === 'pretty' || (options.format === 'auto' && process.stderr.isTTY);
  return pretty ? pino(settings, prettyStream()) : pino(settings, pino.destination({ dest: 2, sync: true }));
}

/** In this thread and loaded only here: on a server nobody watches it costs its load time for nothing. */
function prettyStream(): DestinationStream {
  const load = createRequire(import.meta.url);
  const { build } = load('pino-pretty') as typeof import('pino-pretty');
  return build({ destination: 2, sync: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', singleLine: true });
}
