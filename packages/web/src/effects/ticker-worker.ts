/** Fifteen times a second, however hidden the page is. */
const EVERY_MS = 66;

setInterval(() => postMessage(null), EVERY_MS);
