import type { ChannelForm } from './open-message.js';

/** `opening`: ours, and the other side has not said that it knows it. */
export type ChannelState = 'opening' | 'open' | 'closing' | 'closed';

/** One data channel: a pair of streams of the same number (RFC 8831 §6.4). `DataChannels` alone changes it. */
export class DataChannel {
  readonly id: number;
  readonly form: ChannelForm;
  state: ChannelState;
  /** Ours has been asked to begin anew; and which of the two have. */
  isResetAsked = false;
  isResetOut = false;
  isResetIn = false;
  /** Parts of a message in the old form, that are not whole yet. */
  readonly parts: Uint8Array[] = [];

  constructor(id: number, form: ChannelForm, state: ChannelState) {
    this.id = id;
    this.form = form;
    this.state = state;
  }
}
