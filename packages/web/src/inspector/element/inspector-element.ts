// The inspector for pages that are no part of the web app, as one file without dependencies. The server has it at
// `<base>/inspector-element.js`; docs/inspector.md tells how to use it:
//
//   import { CallRecord, recordConnection } from '/inspector-element.js';
//   const record = new CallRecord();
//   recordConnection(pc, record, 'Bo');
//   document.querySelector('madang-inspector').record = record;
import { MadangInspector } from './madang-inspector.js';

export { CallRecord, recordConnection } from '@madang/client';
export { MadangInspector };

if (!customElements.get('madang-inspector')) customElements.define('madang-inspector', MadangInspector);
