import type { CallRecord } from '@madang/client';
import { createRoot, type Root } from 'react-dom/client';
import { enDiagnosis } from '../../messages/en-diagnosis.js';
import { enInspector } from '../../messages/en-inspector.js';
import { enServed } from '../../messages/en-served.js';
import { koDiagnosis } from '../../messages/ko-diagnosis.js';
import { koInspector } from '../../messages/ko-inspector.js';
import { koServed } from '../../messages/ko-served.js';
import './element.css';
import { Inspector } from '../inspector.js';
import { type InspectorTexts, InspectorTextsContext } from '../inspector-texts.js';
import { SaveReport } from '../report/save-report.js';
import { useRecordSnapshot } from '../use-record-snapshot.js';

/** Put in by the build: everything the element looks like. */
const STYLES = '@@styles-of-the-element@@';

const TEXTS: Record<string, InspectorTexts> = {
  en: { ...enInspector, ...enDiagnosis, ...enServed },
  ko: { ...koInspector, ...koDiagnosis, ...koServed },
};

/**
 * The inspector as an element for any page: `<madang-inspector lang="ko">`. Its property `record` takes the `CallRecord`
 * that is shown, live. Without a `lang` of its own it speaks the language of the page; English where it has no words.
 */
export class MadangInspector extends HTMLElement {
  static readonly observedAttributes = ['lang'];
  readonly #place = document.createElement('div');
  readonly #pageLanguage = new MutationObserver(() => this.#draw());
  #record: CallRecord | undefined;
  #root: Root | undefined;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(this.#place);
  }

  get record(): CallRecord | undefined {
    return this.#record;
  }

  set record(record: CallRecord | undefined) {
    this.#record = record;
    this.#draw();
  }

  connectedCallback(): void {
    this.#root = createRoot(this.#place);
    this.#pageLanguage.observe(document.documentElement, { attributeFilter: ['lang'] });
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#pageLanguage.disconnect();
    this.#root?.unmount();
    this.#root = undefined;
  }

  attributeChangedCallback(): void {
    this.#draw();
  }

  #draw(): void {
    const language = (this.lang || document.documentElement.lang).split('-')[0] ?? '';
    const texts = TEXTS[language] ?? TEXTS.en;
    this.#root?.render(
      <InspectorTextsContext value={texts as InspectorTexts}>
        {this.#record ? <Watched record={this.#record} /> : <p>{texts?.inspector.empty}</p>}
      </InspectorTextsContext>,
    );
  }
}

function Watched({ record }: { readonly record: CallRecord }) {
  const { facts, nowMs } = useRecordSnapshot(record);
  return (
    <div className="all">
      <Inspector facts={facts} nowMs={nowMs} />
      <SaveReport facts={facts} nowMs={nowMs} fileTitle={document.title} />
    </div>
  );
}
