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

  it.each(['control', 'bulk'])(
    'begins another connection when the lane %s ends, and what was said goes by that',
    async (label) => {
      const room = new ServedRoom();
      const [ann, bob] = [room.enter('ann', 'host'), room.enter('bob', 'participant')];
      await room.lab.pass(500);
      room.closeLane('ann', label);
      await room.lab.pass(100);
      await room.lab.until(Promise.all([ann.data.send('x'), bob.data.send('y')]));
      expect([ann.heard, bob.heard, ann.connections.length, bob.connections.length]).toEqual([['y'], ['x'], 2, 1]);
    },
  );

  it('does so more and more rarely where lanes end each time', async () => {
    const room = new ServedRoom();
    const ann = room.enter('ann', 'host');
    for (let passed = 0; passed < 120_000; passed += 100) {
      room.closeLane('ann', 'control');
      await room.lab.pass(100);
    }
    expect(ann.connections.length).toBeGreaterThan(5);
    expect(ann.connections.length).toBeLessThan(10);
  });

  it('leaves a connection alone that came about before the next attempt was due', async () => {
    const room = new ServedRoom();
    const ann = room.enter('ann', 'participant');
    await room.lab.pass(500);
    ann.way.ended({ type: 'media-ended', seq: 1, connection: 'publish', generation: 1, reason: 'thread' });
    room.setRole('ann', 'viewer');
    await room.lab.pass(2_000);
    expect(ann.connections).toHaveLength(2);
  });
});
