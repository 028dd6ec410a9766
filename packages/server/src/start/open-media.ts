import { AddonMissing } from '@madang/native';
import type { Logger } from 'pino';
import { type Config, ConfigError, mediaThreadCount } from '../config/index.js';
import { MediaListenError, MediaThreads } from '../media/index.js';
import type { Sentence } from '../messages/index.js';
import { listenError } from './listen-error.js';

export interface OpenedMedia {
  /** Without threads where there are none: then it refuses with `unavailable`. */
  readonly media: MediaThreads;
  readonly warnings: readonly Sentence[];
}

const LAST_PORT = 65_535;
const NO_ADDON: Sentence = (m) => m.start.noMediaWithoutAddon;

/**
 * Starts the media threads of a configuration. Where the addon is not built that is a sentence for the operator, and
 * everything else goes on. Throws `ConfigError` for a port that can't be opened.
 */
export async function openMedia(config: Config, log: Logger): Promise<OpenedMedia> {
  const { mediaPort: port, mediaBind, announce, lastN } = config;
  if (port === 'off') return { media: new MediaThreads([]), warnings: [] };
  const bind = mediaBind.length > 0 ? mediaBind : config.bind;
  const count = mediaThreadCount(config);
  if (port !== 0 && port + count - 1 > LAST_PORT) throw new ConfigError((m) => m.start.tooFewPorts(count, port));
  const place = { bind, announce, port, ...(lastN > 0 ? { lastN } : {}) };
  try {
    const media = await MediaThreads.open(place, count, {
      onFault: (error) => log.error({ err: error }, 'a media thread has made a mistake: a connection is closed'),
      onCrash: ({ error, ...death }) =>
        log.error({ err: error, ...death }, 'a media thread has died: its calls are cut'),
      onReturn: (thread, awayMs) =>
        log.info({ port: thread, awayMs: Math.round(awayMs) }, 'a media thread is there again'),
    });
    return { media, warnings: [] };
  } catch (error) {
    if (error instanceof AddonMissing) return { media: new MediaThreads([]), warnings: [NO_ADDON] };
    throw error instanceof MediaListenError ? await complaint(error, config) : error;
  }
}

function complaint(error: MediaListenError, { mediaBind }: Config): Promise<Error> {
  return listenError(error, {
    ...error.where,
    flag: '--media-port',
    addressFlag: mediaBind.length > 0 ? '--media-bind' : '--bind',
  });
}
