import type { en } from './en.js';
import { koCommand } from './ko-command.js';
import { koConfig } from './ko-config.js';
import { koDoctor } from './ko-doctor.js';
import { koErrors } from './ko-errors.js';
import { koPages } from './ko-pages.js';
import { koSettings } from './ko-settings.js';
import { koStart } from './ko-start.js';
import { koTurn } from './ko-turn.js';

/** The same in Korean. */
export const ko: typeof en = {
  command: koCommand,
  config: koConfig,
  doctor: koDoctor,
  errors: koErrors,
  pages: koPages,
  settings: koSettings,
  start: koStart,
  turn: koTurn,
};
