import type { Walker } from '../walker.js';

/** Through the door and into a room where nobody is yet: what can be opened there. */
export async function alone(person: Walker, server: string, room: string): Promise<void> {
  const { tab, text } = person;
  await person.comesToDoor(server, room);
  await tab.click('button', text.door.join);
  await person.shows(text.memberNameProblem.empty);
  await person.sees('door with a problem');
  await person.asks('하늘');
  await person.isInRoom();
  await person.sees('alone in the room');
  await person.opensMore();
  await person.sees('more');
  await person.closes();
  await person.presses(text.room.invite);
  await person.layer();
  await person.sees('invite');
  await person.closes();
  await tab.press('Shift+Slash');
  await person.layer();
  await person.sees('shortcuts');
  await person.closes();
  await person.opensMore();
  await person.takes(text.settings.open);
  await person.shows(text.settings.heading);
  await person.layer();
  await person.sees('settings');
  await person.closes();
  for (const options of [text.devices.microphoneOptions, text.devices.cameraOptions]) {
    await person.presses(options);
    await person.layer();
    await person.sees(options);
    await person.closes();
  }
}
