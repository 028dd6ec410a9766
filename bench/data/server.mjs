// The server of `bench/data`: one media thread, asked over the process's channel.
import { LocalMedia } from '../../packages/server/dist/media/index.js';

const media = await LocalMedia.open({ port: 0, bind: ['127.0.0.1'], announce: [] });

process.on('message', ({ type, name, member, offer }) => {
  if (type === 'cpu') {
    const { user, system } = process.cpuUsage();
    process.send({ us: user + system, resent: media.counts().data.resent });
    return;
  }
  process.send(media.commandNow({ type: 'publish', connection: name, room: 'lab', member, offer, data: 'say' }));
});
process.on('disconnect', () => {
  media.close();
  process.exit();
});
process.send('ready');
