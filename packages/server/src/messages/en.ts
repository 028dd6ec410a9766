import { enCommand } from './en-command.js';
import { enConfig } from './en-config.js';
import { enDoctor } from './en-doctor.js';
import { enErrors } from './en-errors.js';
import { enPages } from './en-pages.js';
import { enSettings } from './en-settings.js';
import { enStart } from './en-start.js';
import { enTurn } from './en-turn.js';

/** Every sentence of the command line and the server, in English. */
export const en = {
  command: enCommand,
  config: enConfig,
  doctor: enDoctor,
  errors: enErrors,
  pages: enPages,
  settings: enSettings,
  start: enStart,
  turn: enTurn,
};
