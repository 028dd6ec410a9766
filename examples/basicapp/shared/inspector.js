// Madang's inspector beside the step: the ladder of the call, live. The server brings it; where it does not, the page
// does without.
import { put } from './language.js';

/** Looks at one connection after the other: `openInspector(place).watch(pc)`. */
export function openInspector(place) {
  const loaded = import(new URL('../../inspector-element.js', import.meta.url).href).catch(() => null);
  let stop = () => {};
  return {
    watch(pc) {
      void loaded.then((module) => {
        if (module === null) return put(place, 'noInspector');
        stop();
        const record = new module.CallRecord();
        stop = module.recordConnection(pc, record, 'the other');
        place.replaceChildren(Object.assign(document.createElement('madang-inspector'), { record }));
      });
    },
  };
}
