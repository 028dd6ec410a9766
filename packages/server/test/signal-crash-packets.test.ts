import { afterEach, describe, expect, it } from 'vitest';
import { type Rig, type RigOptions, startRig } from './signal-rig.js';
import { sendRaw, upgradeBytes, Wire } from './signal-wire.js';

let rig: Rig;
async function start(options?: RigOptions): Promise<Rig> {
  rig = await startRig(options);
  return rig;
}

/** Whatever a test did to the server, it must still serve, and nothing may have gone uncaught. */
afterEach(async () => {
  const witness = await rig.connect();
  expect(await witness.join('witness', 'Witness')).toMatchObject({ ok: true });
  await rig.stop();
  expect(rig.uncaught).toEqual([]);
});

const handshake = '/socket.io/?EIO=4&transport=polling';

describe('E2: a packet that has crashed others', () => {
  it.each([
    ['an event called error (CVE-2024-38355)', '42["error",{}]'],
    ['an event whose name is an object (CVE-2023-32695)', '42[{"toString":"foo"}]'],
    ['a placeholder numbered "splice" (CVE-2022-2421)', '451-["chat",{"_placeholder":true,"num":"splice"}]'],
    ['a placeholder numbered -1', '451-["chat",{"_placeholder":true,"num":-1}]'],
    ['a placeholder numbered __proto__', '451-["chat",{"_placeholder":true,"num":"__proto__"}]'],
    ['an event without a name', '42[]'],
    ['an event without anything', '42'],
    ['an event without anything, to be acknowledged', '425'],
    ['an event that is no list', '42{"a":1}'],
    ['an event of null', '42[null]'],
    ['a reserved event', '42["disconnect"]'],
    ['a listener’s event', '42["newListener",{}]'],
    ['a number for a name', '42[0,{}]'],
    ['an acknowledgement that is no list', '431{"a":1}'],
    ['a packet type that there is not', '49["chat"]'],
    ['a half of a packet', '42["chat"'],
    ['nothing', '4'],
    ['an empty frame', ''],
    ['another namespace', '40/admin,{"token":1}'],
    ['an event in another namespace', '42/admin,["chat",{}]'],
    ['a second handshake', '40'],
    ['a handshake with odd data', '40[1]'],
    ['an error from the client', '44{"message":"x"}'],
    ['attachments without end', '459999999999999-["chat"]'],
    ['an engine ping', '2'],
    ['an engine upgrade', '5'],
    ['an unknown engine type', '9abc'],
    ['a number for the acknowledgement beyond all numbers', `42${'9'.repeat(400)}["members",{}]`],
    ['a lone surrogate', '421["chat",{"text":"\\ud800"}]'],
  ])('%s', async (_name, frame) => {
    await start();
    const wire = await Wire.joined(rig.url);
    wire.send(frame, Buffer.from('abc'), frame);
    await Promise.race([wire.closed, new Promise((done) => setTimeout(done, 60))]);
    wire.ws.terminate();
    const polled = JSON.parse((await (await fetch(rig.url + handshake)).text()).slice(1));
    const url = `${rig.url}${handshake}&sid=${polled.sid}`;
    await fetch(url, { method: 'POST', body: '40' });
    await fetch(url, { method: 'POST', body: `${frame}\u001e${frame}\u001ebAAAA` });
  });

  it.each([
    ['no transport (CVE-2023-31125)', upgradeBytes('EIO=4')],
    ['a transport named like a property (CVE-2023-31125)', upgradeBytes('EIO=4&transport=constructor')],
    ['polling as the transport of an upgrade', upgradeBytes('EIO=4&transport=polling')],
    ['an old protocol', upgradeBytes('EIO=3&transport=websocket')],
    ['a session that there is not', upgradeBytes('EIO=4&transport=websocket&sid=__proto__')],
    [
      'reserved bits (CVE-2022-21676)',
      Buffer.concat([Buffer.from(upgradeBytes('EIO=4&transport=websocket')), Buffer.from('f1800000000000', 'hex')]),
    ],
    [
      'a control frame without end',
      Buffer.concat([
        Buffer.from(upgradeBytes('EIO=4&transport=websocket')),
        Buffer.from('89ffffffffffffffffff00000000', 'hex'),
      ]),
    ],
    ['no key', upgradeBytes('EIO=4&transport=websocket', { 'Sec-WebSocket-Key': '' })],
    ['another version of WebSocket', upgradeBytes('EIO=4&transport=websocket', { 'Sec-WebSocket-Version': '99999' })],
    ['an address that is no address', 'GET //:::/socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n'],
    [
      'an address with a bad escape',
      'GET /socket.io/?EIO=4&transport=polling&sid=%E0%A4%A HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    ['a method that there is not', 'DELETE /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['an upgrade of a file', upgradeBytes('x').replace('/socket.io/?', '/socket.io/socket.io.js?')],
  ])('an HTTP request with %s', async (_name, bytes) => {
    await start();
    await sendRaw(rig.port, bytes, 80);
    await expect.poll(() => rig.signal.connections()).toBe(0);
  });

  it('a connection reset in the middle of an upgrade (CVE-2022-41940)', async () => {
    await start();
    const opened = JSON.parse((await (await fetch(rig.url + handshake)).text()).slice(1));
    const query = `EIO=4&transport=websocket&sid=${opened.sid}`;
    await Promise.all([1, 2, 3].map(() => sendRaw(rig.port, upgradeBytes(query) + String.fromCharCode(0xff), 30)));
  });
});
