import type { Walk } from '../walker.js';
import { isRefused, meets } from './device-problems.js';

const TERMS = [/\b(?:WebSocket|UDP|TCP|TURN|STUN|JSON|ms|kbit\/s)\b/g];

/** The page that tries everything: before, while it asks, when all was tried, and where there are no devices. */
export async function testPage(walk: Walk): Promise<void> {
  const person = await meets(walk, 'Tester');
  const { tab, text } = person;
  await tab.goto(`${walk.server.address}/test`);
  await person.waits('the button', () => tab.has('button', text.test.start));
  await person.sees('test page');
  await tab.click('button', text.test.start);
  await person.waits('the question', () => tab.has('button', text.test.yes));
  await person.sees('test page with a question', TERMS);
  await tab.click('button', text.test.yes);
  await person.waits('the result', () => tab.has('button', text.test.again));
  await person.sees('test page with its result', TERMS);
  await isRefused(person, 'NotFoundError: Requested device not found');
  await tab.click('button', text.test.again);
  await person.waits('the question', () => tab.has('button', text.test.no));
  await tab.click('button', text.test.no);
  await person.waits('the result', () => tab.has('button', text.test.again));
  await person.sees('test page without devices', TERMS);
  await tab.close();
}
