import type { RoomPage } from '../room-page.js';
import type { Walker } from '../walker.js';

/** A call of two, with the panels and menus about the other. */
export async function together(person: Walker, bo: RoomPage): Promise<void> {
  const { tab, text } = person;
  await person.waits('a moving picture', () =>
    tab.evaluate(() => window.madangProbe.pictures().some(({ frames }) => frames > 0)),
  );
  await person.sees('room with two');
  await bo.press('Raise hand');
  // A low screen has room for the newest notice alone.
  await person.shows(text.announce.handRaised('보리'));
  await bo.say('안녕하세요');
  await person.sees('a hand and a message come in');
  await tab.click('button', text.tile.menu('보리'));
  await person.layer();
  await person.sees('menu of a tile');
  await person.takes(text.tile.volume);
  await person.shows(text.view.volumeOf('보리'));
  await person.sees('volume');
  await person.closes();
  await tab.click('button', text.room.chat);
  // The notice of the message has its words too, and goes when the chat is there.
  await person.finds('aside, [role=dialog]');
  await person.shows('안녕하세요');
  await person.sees('chat');
  await person.closesPanel();
  await person.presses(text.room.people);
  await person.waits('the list of people', () => tab.has('heading', text.people.heading(2)));
  await person.sees('people');
  await tab.click('button', text.people.options('보리'));
  await person.takes(text.host.remove);
  await tab.page.getByRole('alertdialog').waitFor();
  await person.sees('asked before removing somebody');
  await tab.click('button', text.app.cancel);
  await person.closesPanel();
}
