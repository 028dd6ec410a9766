import { type Walk, Walker } from '../walker.js';
import { TERMS } from './lesson.js';

/** To the browser `madang.test` is another machine: no secure context over plain http. */
export const OTHER_MACHINE = 'madang.test';

const KAKAOTALK =
  'Mozilla/5.0 (Linux; Android 14; SM-S921N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Mobile Safari/537.36;KAKAOTALK 2410730';
const INSTAGRAM =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 340.0.0.22.109';

const NAMES = [/\b(?:Chrome|Safari)\b/g];

/** Rooms opened where there can be no devices: inside a messenger, and over plain http. */
export async function waysIn(walk: Walk): Promise<void> {
  for (const [name, userAgent] of [
    ['KakaoTalk', KAKAOTALK],
    ['Instagram on an iPhone', INSTAGRAM],
  ] as const) {
    const person = await Walker.sets(walk, name, { userAgent });
    await person.tab.goto(`${walk.server.address}/r/garden`);
    await person.waits('the way out', () => person.tab.has('button', person.text.inApp.goOn));
    await person.sees(`inside ${name}`, NAMES);
    await person.tab.close();
  }
  await insecure(walk);
}

async function insecure(walk: Walk): Promise<void> {
  const person = await Walker.sets(walk, 'Insecure');
  const { tab, text } = person;
  await tab.goto(`http://${OTHER_MACHINE}:${walk.server.httpPort}/r/garden`);
  await person.waits('the explanation', () => tab.has('heading', text.insecure.heading));
  await person.sees('insecure page');
  await tab.click('button', text.insecure.goOn);
  await person.waits('the door', () => tab.has('button', text.door.join));
  await person.sees('door of an insecure page');
  await tab.goto(`http://${OTHER_MACHINE}:${walk.server.httpPort}/learn/step-1.html`);
  await person.finds('.warning');
  await person.sees('lesson on an insecure page', TERMS);
  await tab.close();
}
