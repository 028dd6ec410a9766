// The words of the page, in English and Korean. Every text stands in `text/…js` under a key, once in each language.
// `put()` writes one into an element and remembers which, so that a switch of language changes what is there already.

export const LANGUAGES = { en: 'English', ko: '한국어' };
/** Madang's own pages remember the language under this name too. */
const REMEMBERED = 'madang.language';

const texts = { en: {}, ko: {} };
const valuesOf = new WeakMap();
const listeners = new Set();
let language = firstLanguage();

function firstLanguage() {
  let remembered;
  try {
    remembered = JSON.parse(localStorage.getItem(REMEMBERED));
  } catch {
    // Storage is blocked, or something else stands there: ask the browser.
  }
  const wanted = [remembered, ...navigator.languages].map((tag) => String(tag).toLowerCase().split('-')[0]);
  return wanted.find((code) => code in LANGUAGES) ?? 'en';
}

export const currentLanguage = () => language;

/** Adds texts: `{ en: { key: text }, ko: { key: text } }`. */
export function addTexts(more) {
  for (const code of Object.keys(LANGUAGES)) Object.assign(texts[code], more[code]);
}

/** The text of a key, whatever it is: a sentence, a list of them. */
export const textOf = (key) => texts[language][key];

/** Writes a text into an element; `{name}` in it becomes `values.name`. */
export function put(element, key, values = {}) {
  element.dataset.text = key;
  valuesOf.set(element, values);
  write(element);
}

/** Calls back now and at every change of language. */
export function onLanguage(draw) {
  listeners.add(draw);
  draw();
}

export function setLanguage(code) {
  language = code;
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(code));
  } catch {
    // Then this device remembers nothing.
  }
  drawAll();
}

/** Writes every text of the page: `data-text` is the content of an element, `data-label` its name for screen readers. */
export function drawAll() {
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll('[data-text]')) write(element);
  for (const element of document.querySelectorAll('[data-label]'))
    element.setAttribute('aria-label', textOf(element.dataset.label) ?? '');
  for (const draw of listeners) draw();
}

function write(element) {
  const values = valuesOf.get(element) ?? {};
  const text = textOf(element.dataset.text) ?? element.dataset.text;
  element.replaceChildren(...marked(text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))));
}

/** `code` and **weight** as elements; everything else stays text, whatever is in it. */
export function marked(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith('`')) return wrapped('code', part.slice(1, -1));
    return part.startsWith('**') ? wrapped('strong', part.slice(2, -2)) : part;
  });
}

function wrapped(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}
