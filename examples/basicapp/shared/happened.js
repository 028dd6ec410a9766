// The list "what just happened": every line is something that the program did or that the browser told it.
import { put } from './language.js';
import { make } from './make.js';

/** Older lines go, so that a page may stay open for hours. */
const MOST = 200;

/** Adds a line: the text of `key` with its values, and below it `detail` (any value) as one may read it. */
export function happened(key, values, detail) {
  const list = document.getElementById('happened');
  const line = make('li', {}, make('time', {}, `${(performance.now() / 1_000).toFixed(2)} s`));
  line.dataset.event = key;
  const sentence = make('span');
  put(sentence, key, values);
  line.append(sentence);
  if (detail !== undefined) line.append(make('code', {}, typeof detail === 'string' ? detail : JSON.stringify(detail)));
  list.append(line);
  while (list.children.length > MOST) list.firstChild.remove();
  const frame = list.parentElement;
  frame.scrollTop = frame.scrollHeight;
}
