/** A new element: `make('p', { className: 'lead' }, 'text', otherElement)`. */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
