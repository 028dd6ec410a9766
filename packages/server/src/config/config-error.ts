import { messagesIn, type Sentence } from '../messages/index.js';

/** Something in flags, environment or file that the server can't start with. `message` is one line for the operator. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** The line in whatever language; `message` is the English one. */
  readonly say: Sentence;

  constructor(say: Sentence) {
    super(say(messagesIn('en')));
    this.say = say;
  }
}

/** The exit code for a bad configuration and for a port in use. */
export const EXIT_BAD_CONFIG = 2;
