// Loaded into a server before itself, by the test that starts it: makes the media thread at a port throw.

/** Workers of media threads by the port that they serve. */
const threads = new Map();

process.on('worker', (worker) => {
  worker.on('message', ({ type, port }) => {
    if (type === 'opened') threads.set(port, worker);
  });
});
// Every thread reads what a message is about, and nothing is about nothing: it throws, and dies of that.
process.on('message', (port) => threads.get(port).postMessage(null));
process.channel.unref();
