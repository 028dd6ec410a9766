import type { MediaCommandOf, MediaCommandType, MediaReply } from '../ports/index.js';
import { answer } from './commands/answer.js';
import { hangUp } from './commands/hang-up.js';
import { mute } from './commands/mute.js';
import { publish } from './commands/publish.js';
import { renegotiate } from './commands/renegotiate.js';
import { subscribe } from './commands/subscribe.js';
import { trickle } from './commands/trickle.js';
import { view } from './commands/view.js';
import { wish } from './commands/wish.js';
import type { Moment, RouterState } from './router-state.js';

type Handlers = {
  readonly [T in MediaCommandType]: (command: MediaCommandOf<T>, state: RouterState, moment: Moment) => MediaReply<T>;
};

const HANDLERS: Handlers = {
  publish,
  view,
  renegotiate,
  trickle,
  wish,
  subscribe,
  answer,
  mute,
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
