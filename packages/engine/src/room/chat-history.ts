import type { ChatMessage } from '@madang/protocol';
import { Ring } from '../bytes/index.js';
import { CHAT_HISTORY } from './limits.js';

/** The last `CHAT_HISTORY` messages of a room, numbered from 1. Numbers go on after old messages are forgotten. */
export class ChatHistory {
  readonly #messages = new Ring<ChatMessage>(CHAT_HISTORY);
  #lastId = 0;

  get isEmpty(): boolean {
    return this.#lastId === 0;
  }

  add(content: Omit<ChatMessage, 'id'>): ChatMessage {
    this.#lastId++;
    const message = { id: this.#lastId, ...content };
    this.#messages.push(message);
    return message;
  }

  /** A copy, oldest first. */
  messages(): ChatMessage[] {
    return this.#messages.slice();
  }
}
