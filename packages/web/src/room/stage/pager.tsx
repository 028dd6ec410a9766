import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useCall } from '../../state/call-context.js';
import { useMessages } from '../../state/language-store.js';
import { announce } from '../../state/notices.js';
import type { Rect } from './arrange-stage.js';
import styles from './pager.module.css';
import { turnPage } from './pins.js';

interface PagerProps {
  readonly rect: Rect;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
}

/** Turns the pages of the stage, and says which one has come. */
export function Pager({ rect, page, pages }: PagerProps) {
  const call = useCall();
  const { stage } = useMessages();
  const place = stage.page(page + 1, pages);
  const said = useRef(page);
  useEffect(() => {
    // Somebody coming or going changes the count only, which is no news.
    if (said.current !== page) announce(place);
    said.current = page;
  }, [page, place]);
  const style = { left: rect.x, top: rect.y, width: rect.width, height: rect.height };
  return (
    <nav className={styles.pager} style={style} aria-label={stage.pages}>
      <button type="button" aria-label={stage.previous} disabled={page === 0} onClick={() => turnPage(call, -1)}>
        <ChevronLeft aria-hidden />
      </button>
      <span>
        <span aria-hidden>
          {page + 1} / {pages}
        </span>
        <span className="visually-hidden">{place}</span>
      </span>
      <button type="button" aria-label={stage.next} disabled={page === pages - 1} onClick={() => turnPage(call, 1)}>
        <ChevronRight aria-hidden />
      </button>
    </nav>
  );
}
