// The reference: what one would write with socket.io alone to relay signals between the members of a room.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer((_req, res) => {
  res.end(`nodejs_heap_size_used_bytes ${process.memoryUsage().heapUsed}\n`);
});
const io = new Server(http, { pingInterval: 10_000, pingTimeout: 8_000 });

io.on('connection', (socket) => {
  socket.on('join', ({ room, name }, ack) => {
    if (typeof room !== 'string' || typeof name !== 'string') return;
    socket.data.name = name;
    void socket.join(room);
    ack({ ok: true, self: socket.id });
  });
  socket.on('peer-signal', ({ to, signal }, ack) => {
    if (typeof to !== 'string' || typeof signal !== 'object') return;
    const target = io.sockets.sockets.get(to);
    if (!target) return;
    target.emit('event', { type: 'peer-signal', from: socket.id, signal });
    ack({ ok: true });
  });
});

http.listen(0, '127.0.0.1', () => console.log(`ready http://127.0.0.1:${http.address().port}`));

process.once('SIGTERM', () => process.exit(0));
