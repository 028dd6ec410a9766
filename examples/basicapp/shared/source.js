// The source code of a page, fetched from the very file that runs.
import { put } from './language.js';
import { make } from './make.js';

/** Shows `files` one below the other in `place`, the first one open. */
export async function showSource(place, files) {
  const heading = make('h2');
  const note = make('p');
  put(heading, 'sourceHeading');
  put(note, 'sourceNote');
  place.append(heading, note);
  for (const [ix, file] of files.entries()) {
    const code = make('code');
    const lines = make('pre', { tabIndex: 0, lang: 'en' }, code);
    lines.setAttribute('role', 'region');
    lines.setAttribute('aria-label', file);
    const box = make('details', { open: ix === 0 }, make('summary', {}, make('code', {}, file)), lines);
    box.dataset.file = file;
    place.append(box);
    const reply = await fetch(file);
    if (reply.ok) code.append(...painted(await reply.text()));
    else put(code, 'sourceMissing', { file });
  }
}

/** Whole-line comments in another colour: they are what one reads first. The text as such stays what it is. */
function painted(text) {
  return text.split(/^([ \t]*(?:\/\/|\/\*\*|\*).*\n)/m).map((part, ix) => {
    return ix % 2 === 1 ? make('span', { className: 'comment' }, part) : part;
  });
}
