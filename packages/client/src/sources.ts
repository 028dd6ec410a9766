import type { Source } from '@madang/protocol';

/** All there are. */
export const SOURCES: readonly Source[] = ['microphone', 'camera', 'screen', 'screen-audio'];

/** Whether a source is one of sound or of pictures. */
export const kindOf = (source: Source): 'audio' | 'video' =>
  source === 'microphone' || source === 'screen-audio' ? 'audio' : 'video';
