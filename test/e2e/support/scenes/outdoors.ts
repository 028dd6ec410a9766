import type { Walker } from '../walker.js';

/** The pages one comes to first. */
export async function outdoors(person: Walker, server: string): Promise<void> {
  const { tab, text } = person;
  await tab.goto(`${server}/`);
  await person.waits('the landing page', () => tab.has('button', text.landing.newRoom));
  await person.sees('landing');
  await tab.goto(`${server}/r/-`);
  await person.shows(text.app.notFound);
  await person.sees('not found');
}
