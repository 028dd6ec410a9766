/** What a tab has said and asked for since it was opened. */
export interface TabLog {
  readonly console: string[];
  /** Exceptions that nobody caught. */
  readonly errors: string[];
  readonly dialogs: string[];
  /** Addresses of all requests, WebSockets included. */
  readonly requests: string[];
}

export function emptyTabLog(): TabLog {
  return { console: [], errors: [], dialogs: [], requests: [] };
}

export type TabRole = 'button' | 'textbox' | 'link' | 'heading' | 'menu' | 'menuitem' | 'menuitemradio';

/**
 * A page in some browser, used as a person would: by roles and accessible names. The probe of `probe.ts` is in place
 * from the first load on.
 */
export interface Tab {
  readonly browser: 'chromium' | 'firefox';
  readonly log: TabLog;
  /** Has a function, which refers to nothing outside, run in every page before its own scripts. */
  install(run: () => void): Promise<void>;
  goto(address: string): Promise<void>;
  reload(): Promise<void>;
  address(): string;
  /** Waits until the element is there and can be clicked. */
  click(role: TabRole, name: string): Promise<void>;
  /** Replaces the text of the text box of this name. */
  fill(name: string, text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** An element of this role and exact name is visible now. */
  has(role: TabRole, name: string): Promise<boolean>;
  /** The text of the page as one sees it. */
  text(): Promise<string>;
  evaluate<R>(run: () => R | Promise<R>): Promise<R>;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}
