import { refuseDevices } from '../meddling.js';
import { RoomPage } from '../room-page.js';
import { type Walk, Walker } from '../walker.js';

/** Comes in without devices: a face less to encode. */
export async function joinsQuietly({ server, chromium, cast }: Walk, room: string, name: string): Promise<RoomPage> {
  const page = new RoomPage(cast.add(name, await chromium.tab()));
  await page.visit(server.address, room);
  await page.tab.fill('Your name', name);
  await page.press('Join without camera and microphone');
  await page.isInRoom();
  return page;
}

/** Comes in as somebody whose devices the browser does not give: the others are told so by their inspectors. */
export async function joinsRefused({ server, chromium, cast }: Walk, room: string, name: string): Promise<void> {
  const tab = cast.add(name, await chromium.tab());
  await tab.page.addInitScript(refuseDevices);
  await tab.page.addInitScript(() => sessionStorage.setItem('refusal', 'NotFoundError: Requested device not found'));
  const page = new RoomPage(tab);
  await page.visit(server.address, room);
  await page.letsAsk();
  // What is explained before the door is not explained again behind it, in the way of everything else.
  await tab.page.locator('[data-problem]').nth(1).waitFor();
  await page.join(name);
}

/** Somebody comes to a room that has no place left. */
export async function full(walk: Walk, room: string): Promise<void> {
  const fifth = await Walker.sets(walk, 'Fifth');
  await fifth.comesToDoor(walk.server.address, room);
  await fifth.asks('라온');
  await fifth.shows(fifth.text.outside.heading.full);
  await fifth.sees('no place left');
  await fifth.tab.close();
}

export async function leaving(person: Walker): Promise<void> {
  const { tab, text } = person;
  await tab.click('button', text.room.leave);
  await person.layer();
  await person.sees('how to leave');
  await person.takes(text.leaving.leave);
  await person.shows(text.outside.heading.left);
  await person.sees('outside');
}
