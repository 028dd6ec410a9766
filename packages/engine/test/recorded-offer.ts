import { readdirSync, readFileSync } from 'node:fs';
import { readDescription, type SessionDescription } from '../src/sdp/index.js';

const OFFERS = new URL('./offers/', import.meta.url);

/** The names of all recordings: `chromium-publish`, … */
export const RECORDED: readonly string[] = readdirSync(OFFERS)
  .filter((name) => name.endsWith('.sdp'))
  .map((name) => name.slice(0, -4));

const TEXTS = new Map(RECORDED.map((name) => [name, readFileSync(new URL(`${name}.sdp`, OFFERS), 'utf8')]));

export function offerText(name: string): string {
  const text = TEXTS.get(name);
  if (text === undefined) throw new Error(`there is no recording of ${name}`);
  return text;
}

/** A recorded offer, after `change` has been made to its text. */
export function recordedOffer(name: string, change: (text: string) => string = (text) => text): SessionDescription {
  return described(change(offerText(name)));
}

export function described(text: string): SessionDescription {
  const read = readDescription(text);
  if ('fault' in read) throw new Error(`${read.fault} in line ${read.line}`);
  return read;
}
