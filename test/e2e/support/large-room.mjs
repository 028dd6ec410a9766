// Members of a large room who publish sound and picture by WHIP, in a process of its own until it is told to end:
// `node large-room.mjs URL COUNT PICTURE`. PICTURE: a keyframe of VP8 in base64, small enough for one packet. Prints
// `ready` when all are connected.
import { setTimeout as sleep } from 'node:timers/promises';
import { PlaneEndpoint } from '../../soak/plane-endpoint.mjs';
import { Session } from '../../soak/session.mjs';

/** Each sends a picture and a sound so often. */
const SEND_EVERY_MS = 500;
/** A frame begins here, and nothing else is said of it (RFC 7741 §4.2). */
const WHOLE_FRAME = 0x10;

const [url, count, picture] = process.argv.slice(2);
const payload = Buffer.concat([Buffer.of(WHOLE_FRAME), Buffer.from(picture, 'base64')]);
const guests = [];
for (let ix = 0; ix < Number(count); ix += 1) {
  const guest = new PlaneEndpoint('whip');
  const session = await Session.open(`${url}?name=M${ix}`, (await guest.offer()).sdp);
  if (session.answer === undefined) throw new Error(`${session.status} ${session.body}`);
  await guest.connect(session.answer);
  guests.push(guest);
}
console.log('ready');
for (;;) {
  for (const guest of guests) {
    guest.sendPicture(payload);
    guest.sendSound();
    await sleep(SEND_EVERY_MS / guests.length);
  }
}
