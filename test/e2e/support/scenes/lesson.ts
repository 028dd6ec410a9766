import { type Walk, Walker } from '../walker.js';

/**
 * The lesson teaches terms, alone or in pairs, which Korean engineers write so too; more than two foreign words in a row
 * are a sentence.
 */
export const TERMS = [/(?<![A-Za-z] )\b[A-Za-z][\w.-]*(?: [A-Za-z][\w.-]*)?(?![\w.-]| [A-Za-z])/g];

/** The pages of the lesson, with everything on them opened. */
export async function lesson(walk: Walk): Promise<void> {
  const person = await Walker.sets(walk, 'Learner');
  const { tab } = person;
  for (const page of ['', 'step-1.html', 'step-2.html', 'step-3.html', 'step-4.html', 'step-5.html']) {
    await tab.goto(`${walk.server.address}/learn/${page}?room=garden`);
    await person.waits('the texts', () => tab.page.$eval('h1', (heading) => heading.textContent !== ''));
    if (/[124]/.test(page)) {
      await tab.page.click('#start');
      await person.finds('#happened li:nth-child(2)');
    }
    if (page !== '') await person.finds('[data-file] pre, [data-file] summary');
    for (const summary of await tab.page.$$('details:not([open]) > summary')) await summary.click();
    await person.sees(`lesson ${page}`, TERMS);
  }
  await tab.close();
}
