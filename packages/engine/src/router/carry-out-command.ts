import type { MediaCommandOf, MediaCommandType, MediaReply } from '../ports/index.js';
import { hangUp } from './commands/hang-up.js';
import { publish } from './commands/publish.js';
import { renegotiate } from './commands/renegotiate.js';
import { trickle } from './commands/trickle.js';
import { view } from './commands/view.js';
import { wish } from './commands/wish.js';
import { refuse } from './refusals.js';
import type { Moment, RouterState } from './router-state.js';

type Handlers = {
  readonly [T in MediaCommandType]: (command: MediaCommandOf<T>, state: RouterState, moment: Moment) => MediaReply<T>;
};

const NOT_YET = () => refuse('unavailable', 'Subscriptions by our own offers are not served yet.');

const HANDLERS: Handlers = {
  publish,
  view,
  renegotiate,
  trickle,
  wish,
  subscribe: NOT_YET,
  answer: NOT_YET,
  mute: NOT_YET,
  'hang-up': hangUp,
};

export function carryOutCommand<T extends MediaCommandType>(
  command: MediaCommandOf<T>,
  state: RouterState,
  moment: Moment,
): MediaReply<T> {
  const handler = HANDLERS[command.type as T] as Handlers[T];
  return handler(command, state, moment);
}
