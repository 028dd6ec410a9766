import { describe, expect, it } from 'vitest';
import { ServedRoom } from './served-room.js';

describe('the way through the media server', () => {
  it('keeps the connection of who becomes a host, and begins another for who may say something from now on', async () => {
    const room = new ServedRoom();
    const [ann, vic] = [room.enter('ann', 'participant'), room.enter('vic', 'viewer')];
    await room.lab.pass(500);
    room.setRole('ann', 'host');
    room.setRole('vic', 'participant');
    await room.lab.pass(500);
    expect([ann.connections.length, vic.connections.length]).toEqual([1, 2]);
    room.setRole('ann', 'viewer');
    await room.lab.pass(500);
    expect(ann.connections).toHaveLength(2);
  });

  it('brings what a viewer says who has become a participant to other viewers, whom it could not meet before', async () => {
    const room = new ServedRoom();
    const [ann, vic, viv] = [room.enter('ann', 'host'), room.enter('vic', 'viewer'), room.enter('viv', 'viewer')];
    await room.lab.pass(500);
    await room.lab.until(ann.data.send('x'));
    room.setRole('vic', 'participant');
    await room.lab.until(vic.data.send('y'));
    expect([ann.heard, viv.heard]).toEqual([['y'], ['x', 'y']]);
    room.setRole('vic', 'viewer');
    await room.lab.until(ann.data.send('z'));
    expect([vic.heard, viv.heard]).toEqual([
      ['x', 'z'],
      ['x', 'y', 'z'],
    ]);
  });
});
