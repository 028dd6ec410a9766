// The theory beside a step: what happens, the words, what to try, what goes wrong. The drawing stands in the page itself.
import { marked, textOf } from './language.js';
import { make } from './make.js';

/** Draws the parts of the theory into `place`, behind what its page has put there. */
export function drawTheory(place) {
  for (const old of place.querySelectorAll('[data-theory]')) old.remove();
  place.append(
    part('what', ...textOf('what').map((text) => make('p', {}, ...marked(text)))),
    part('words', pairs(textOf('words'))),
    part('tries', make('ol', {}, ...textOf('tries').map((text) => make('li', {}, ...marked(text))))),
    part('mistakes', pairs(textOf('mistakes'))),
  );
}

function part(name, ...children) {
  const section = make('section', {}, make('h2', {}, textOf(`${name}Heading`)), ...children);
  section.dataset.theory = name;
  return section;
}

function pairs(rows) {
  const list = make('dl');
  for (const [term, text] of rows) list.append(make('dt', {}, ...marked(term)), make('dd', {}, ...marked(text)));
  return list;
}
