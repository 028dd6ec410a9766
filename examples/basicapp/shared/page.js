// What every page of the course has around its step: the way to the others, the language, the theory, the source code.
import { frame } from '../text/frame.js';
import { showInsecure } from './insecure.js';
import { addTexts, currentLanguage, drawAll, LANGUAGES, onLanguage, put, setLanguage, textOf } from './language.js';
import { make } from './make.js';
import { room } from './room.js';
import { showSource } from './source.js';
import { drawTheory } from './theory.js';

export { happened } from './happened.js';
export { put } from './language.js';
export { room } from './room.js';

const STEPS = [1, 2, 3, 4, 5];

/** Opens a page of the course with its texts and the files whose source it shows; the first is its own module. */
export function openPage({ text, files = [], needsCamera = false }) {
  addTexts(frame);
  addTexts(text);
  const step = Number(document.body.dataset.step ?? 0);
  document.querySelector('header').append(home(), steps(step), languages());
  onLanguage(() => {
    document.title = `${textOf('title')} · ${textOf('product')}`;
  });
  // What can be scrolled has to be reachable by keyboard.
  for (const box of document.querySelectorAll('.scroll')) box.tabIndex = 0;
  const theory = document.querySelector('.theory');
  if (theory) onLanguage(() => drawTheory(theory));
  const source = document.querySelector('.source');
  if (source) void showSource(source, files);
  if (step > 0) document.querySelector('main').append(neighbours(step));
  if (needsCamera && !isSecureContext) void showInsecure();
  drawAll();
  // Until now nothing would have answered a click.
  document.querySelector('.practice')?.removeAttribute('inert');
}

function stepLink(step) {
  const link = make('a', { href: `step-${step}.html?room=${encodeURIComponent(room)}` });
  const name = make('span');
  put(name, `step${step}`);
  link.append(make('b', {}, String(step)), name);
  return link;
}

/** The way on and back, for whoever has read to the end. */
function neighbours(step) {
  const links = [step - 1, step + 1].filter((other) => STEPS.includes(other)).map(stepLink);
  return make('p', { className: 'neighbours' }, ...links);
}

function home() {
  const link = make('a', { href: './', className: 'home' }, make('img', { src: '../icon.svg', alt: '' }), make('span'));
  put(link.lastChild, 'home');
  return link;
}

function steps(current) {
  const list = make('ol');
  for (const step of STEPS) {
    const link = stepLink(step);
    if (step === current) link.setAttribute('aria-current', 'page');
    list.append(make('li', {}, link));
  }
  const nav = make('nav', {}, list);
  nav.dataset.label = 'steps';
  return nav;
}

function languages() {
  const box = make('div', { className: 'languages', role: 'group' });
  box.dataset.label = 'language';
  for (const [code, name] of Object.entries(LANGUAGES)) {
    const button = make('button', { type: 'button', lang: code, onclick: () => setLanguage(code) }, name);
    onLanguage(() => button.setAttribute('aria-pressed', String(currentLanguage() === code)));
    box.append(button);
  }
  return box;
}
