import { alone } from './scenes/alone.js';
import { deviceProblems } from './scenes/device-problems.js';
import { endPages } from './scenes/end-pages.js';
import { files, hasNoSaveDialog } from './scenes/files.js';
import { inspector, inspectPage } from './scenes/inspecting.js';
import { full, joinsQuietly, joinsRefused, leaving } from './scenes/leaving.js';
import { lesson } from './scenes/lesson.js';
import { outdoors } from './scenes/outdoors.js';
import { testPage } from './scenes/test-page.js';
import { together } from './scenes/together.js';
import { waysIn } from './scenes/ways-in.js';
import { inventedRoom, type Walk, Walker } from './walker.js';

/** Walks somebody into a call, through all that it shows, and out of it again. The others speak English. */
export async function walkThroughCall(walk: Walk): Promise<void> {
  const { chromium, cast } = walk;
  const server = walk.server.address;
  const room = inventedRoom();
  const person = await Walker.sets(walk, 'Walker');
  await hasNoSaveDialog(person);
  await outdoors(person, server);
  await alone(person, server, room);
  const bo = await cast.enters(chromium, server, room, '보리');
  await together(person, bo);
  await files(walk, person, bo);
  // What follows is about many, not about faces: cameras that are off leave the machine to the pages.
  await bo.press('Turn off camera');
  await joinsRefused(walk, room, '다온');
  const report = await inspector(person);
  await person.presses(person.text.devices.turnOff);
  await joinsQuietly(walk, room, '초롱');
  await fourPeople(person);
  await full(walk, room);
  await leaving(person);
  await person.tab.goto(`${server}/`);
  await person.shows(person.text.landing.recent);
  await person.sees('landing with recent rooms');
  await inspectPage(walk, person, report);
}

/** On one page of the stage, or on several where it is small. */
async function fourPeople(person: Walker): Promise<void> {
  const { page } = person.tab;
  const next = page.getByRole('button', { name: person.text.stage.next, exact: true });
  const tiles = () => page.locator('article[data-member]').count();
  await person.waits('four people', async () => (await tiles()) === 4 || (await next.count()) > 0);
  await person.sees('room with four');
  if ((await tiles()) === 4) return;
  const first = await tiles();
  await person.presses(person.text.stage.next);
  await person.waits('the others', async () => first + (await tiles()) >= 4);
  await person.sees('another page of people');
}

/** Everything around a call: what keeps one from it, what ends it, the page of tests, and the lesson. */
export async function walkAroundCall(walk: Walk): Promise<void> {
  await deviceProblems(walk);
  await waysIn(walk);
  await endPages(walk);
  await testPage(walk);
  await lesson(walk);
}
