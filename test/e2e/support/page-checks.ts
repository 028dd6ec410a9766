import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { ChromiumTab } from './chromium-tab.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Of a page that was looked at in earnest at least so many rules apply. */
const FEWEST_PASSES = 5;

/** Waits until everything that moves in has come to rest: what is half there is half as dark, and elsewhere. */
export async function atRest(tab: ChromiumTab): Promise<void> {
  await tab.page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
    await nextFrame();
  });
}

/** Rules of WCAG 2.2 A and AA whose breach axe calls serious or critical, with the elements concerned. */
export async function seriousProblems(tab: ChromiumTab): Promise<string[]> {
  await atRest(tab);
  await tab.page.evaluate(AXE);
  const results = await tab.page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResults> } };
    return await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  });
  if (results.passes.length <= FEWEST_PASSES) return [`axe found next to nothing to check: ${results.passes.length}`];
  return results.violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map(
      (violation) =>
        `${violation.id}: ${violation.nodes.map((node) => `${node.html} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
    );
}

/** Controls that lie beyond the window's edges and can't be scrolled to, and how far the page is wider than the window. */
export async function outOfReach(tab: ChromiumTab): Promise<string[]> {
  return await tab.page.evaluate(() => {
    const SLACK_PX = 1;
    const wider = document.documentElement.scrollWidth - window.innerWidth;
    const covered = document.querySelector('[role=dialog], [role=alertdialog]');
    const scrolls = (element: Element | null): boolean => {
      if (!element || element === document.body) return document.documentElement.scrollHeight > window.innerHeight;
      const { overflowY } = getComputedStyle(element);
      if (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight) return true;
      return getComputedStyle(element).position === 'fixed' ? false : scrolls(element.parentElement);
    };
    // A wide table in a frame of its own: the page stays, the table can be pushed.
    const scrollsSideways = (element: Element | null): boolean => {
      if (!element || element === document.body) return false;
      const isFrame = /auto|scroll/.test(getComputedStyle(element).overflowX) && element.matches('[tabindex="0"]');
      return (isFrame && element.scrollWidth > element.clientWidth) || scrollsSideways(element.parentElement);
    };
    const lost = [...(covered ?? document).querySelectorAll('button, a[href], input, select, textarea')].filter(
      (control) => {
        const { left, right, top, bottom, width } = control.getBoundingClientRect();
        if (width === 0 || !control.checkVisibility({ visibilityProperty: true })) return false;
        const isBeside = left < -SLACK_PX || right > window.innerWidth + SLACK_PX;
        if (isBeside && !scrollsSideways(control.parentElement)) return true;
        return (top < -SLACK_PX || bottom > window.innerHeight + SLACK_PX) && !scrolls(control.parentElement);
      },
    );
    const names = lost.map((control) => `out of reach: ${control.getAttribute('aria-label') ?? control.textContent}`);
    return wider > 0 ? [`the page is ${wider} px wider than the window`, ...names] : names;
  });
}

/** Controls that a finger misses: smaller than 44 CSS pixels. Links within a sentence may be as small as its letters. */
export async function smallTargets(tab: ChromiumTab): Promise<string[]> {
  return await tab.page.evaluate(() => {
    const FINGER_PX = 43.5;
    const sized = (control: Element) =>
      (control.matches('input:is([type=checkbox], [type=radio])') && control.closest('label')) || control;
    return [...document.querySelectorAll('button, a[href], input, select, textarea')]
      .filter((control) => {
        const { width, height } = sized(control).getBoundingClientRect();
        if (width === 0 || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
        if (control.matches('p a, input[type=range], [tabindex="-1"]')) return false;
        return width < FINGER_PX || height < FINGER_PX;
      })
      .map((control) => {
        const { width, height } = sized(control).getBoundingClientRect();
        return `${control.getAttribute('aria-label') ?? control.textContent}: ${Math.round(width)} × ${Math.round(height)}`;
      });
  });
}

/**
 * Everything with at least two Latin letters in a row that is seen or read out, without what `allowed` takes away. Source
 * code is the same in every language, and so is what the page marks as not to be translated.
 */
export async function latinWords(tab: ChromiumTab, allowed: readonly RegExp[]): Promise<string[]> {
  const said = await tab.page.evaluate(() => {
    const spoken = ['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'data-tip'];
    const visible = [...document.body.querySelectorAll('*')].filter(
      (element) =>
        !element.closest('code, pre, script, style, [translate=no]') &&
        element.checkVisibility({ visibilityProperty: true }),
    );
    const texts = visible.flatMap((element) => [
      ...[...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data),
      ...spoken.flatMap((name) => element.getAttribute(name) ?? []),
    ]);
    return [document.title, ...texts];
  });
  const rest = allowed.reduce((text, word) => text.replace(word, ' '), said.join('\n'));
  return [...new Set(rest.match(/[A-Za-z]{2,}/g) ?? [])];
}
