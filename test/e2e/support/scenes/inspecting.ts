import { readFile } from 'node:fs/promises';
import type { Walk, Walker } from '../walker.js';

/** Terms of the path of a call, which Korean engineers write so too; codecs; units; names that a report masks. */
const TERMS = [
  /\b(?:offer|answer|host|srflx|prflx|relay|UDP|TCP|DTLS|ICE|STUN|TURN|WebSocket|SDP)\b/g,
  /\b(?:VP8|VP9|AV1|H264|opus)\b/gi,
  /\d[\d.]* ?(?:ms|s|[kM]?bit\/s|[kM]?b\/s|fps)\b/g,
  /\b(?:person|device)-\d+/g,
];

/** The inspector in a call of more than two, with something to find. Returns where its report was saved. */
export async function inspector(person: Walker): Promise<string> {
  const { tab, text } = person;
  await person.presses(text.room.inspector);
  // Whoever came without devices is named.
  await person.finds('[data-cause]');
  await person.sees('inspector with a finding', TERMS);
  await opensRungs(person);
  await person.sees('inspector with its steps open', TERMS);
  await tab.page.locator('[data-hears="played"]').first().click();
  await person.finds('[data-chain]');
  await person.sees('who hears whom', TERMS);
  const [download] = await Promise.all([
    tab.page.waitForEvent('download'),
    tab.click('button', text.inspector.report.save),
  ]);
  const path = await download.path();
  await person.closesPanel();
  return path;
}

/** The page for reports: empty, with a file that is none, and with a report. */
export async function inspectPage(walk: Walk, person: Walker, report: string): Promise<void> {
  const { tab, text } = person;
  await tab.goto(`${walk.server.address}/inspect`);
  await person.waits('the inspector page', () => tab.has('heading', text.inspector.heading));
  await person.sees('inspector page');
  const chooser = tab.page.locator('input[type=file]');
  await chooser.setInputFiles({ name: '노래', mimeType: 'application/json', buffer: Buffer.from('{"a":1}') });
  await person.shows(text.inspector.page.problem.not_a_record);
  await person.sees('inspector page with a file that is no report', TERMS);
  const buffer = await readFile(report);
  await chooser.setInputFiles({ name: '보고서', mimeType: 'application/json', buffer });
  await person.finds('[data-cause]');
  await person.sees('inspector page with a report', TERMS);
  await opensRungs(person);
  await person.sees('inspector page with the steps of a report open', TERMS);
}

/** Every step of this browser and of the first connection. */
async function opensRungs({ tab }: Walker): Promise<void> {
  const first = tab.page.locator(
    '[data-own] [data-step] > button, section[data-peer]:first-of-type [data-step] > button',
  );
  for (const rung of await first.all()) if ((await rung.getAttribute('aria-expanded')) !== 'true') await rung.click();
}
