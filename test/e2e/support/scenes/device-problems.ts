import { refuseDevices } from '../meddling.js';
import { inventedRoom, type Walk, Walker } from '../walker.js';

/** What browsers refuse a device with. `device-problems.test.ts` makes them do so for real, wherever that can be done. */
const REFUSALS = {
  denied: 'NotAllowedError: Permission denied',
  'denied-by-policy': 'NotAllowedError: Permissions policy violation',
  'denied-by-system': 'NotAllowedError: Permission denied by system',
  'not-found': 'NotFoundError: Requested device not found',
  'in-use': 'NotReadableError: Could not start video source',
  overconstrained: 'OverconstrainedError: ',
  unknown: 'StrangeError: ',
} as const;

/** Names of browsers and programs, and a header's. */
const NAMES = [/\b(?:Chrome|Safari|Firefox|Flatpak|Snap|Flatseal|snap connections|iPhone)\b/g, /Permissions-Policy/g];

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

/** Before joining without the devices one wants, for each reason; then in the room. */
export async function deviceProblems(walk: Walk): Promise<void> {
  const person = await meets(walk, 'Refused');
  const room = inventedRoom();
  await person.comesToDoor(walk.server.address, room);
  await person.waits('the explanation', () => person.tab.has('button', person.text.door.allow));
  await person.sees('door before the browser asks');
  for (const [kind, refusal] of Object.entries(REFUSALS)) await problem(person, walk, room, kind, refusal);
  await person.asks('하늘', person.text.door.joinWithout);
  await person.isInRoom();
  await person.presses(person.text.devices.turnOn);
  await person.layer();
  await person.finds('[data-problem]');
  await person.sees('a device problem in the room');
  await person.tab.close();
  const onPhone = await meets(walk, 'Refused on an iPhone', { userAgent: IPHONE });
  await problem(onPhone, walk, room, 'denied', REFUSALS.denied, ' on an iPhone');
  await onPhone.tab.close();
}

/** Somebody whose devices are refused. */
export async function meets(walk: Walk, name: string, differing = {}): Promise<Walker> {
  const person = await Walker.sets(walk, name, differing);
  await person.tab.page.addInitScript(refuseDevices);
  return person;
}

/** From now on `person`'s browser answers so. */
export async function isRefused({ tab }: Walker, refusal: string): Promise<void> {
  await tab.page.evaluate((said) => sessionStorage.setItem('refusal', said), refusal);
}

async function problem(
  person: Walker,
  { server }: Walk,
  room: string,
  kind: string,
  refusal: string,
  where = '',
): Promise<void> {
  await person.comesToDoor(server.address, room);
  await isRefused(person, refusal);
  await person.tab.click('button', person.text.door.allow);
  await person.finds(`[data-problem="${kind}"]`);
  await person.sees(`door: ${kind}${where}`, NAMES);
}
