// What a view of the page is and what it is given: the one contract between the shell, which owns the address, the server
// and the live stream, and the views, which own what stands in the main part.
import type { Pushed, Status } from '../api.js';
import type { Span, ViewState } from '../view/view-state.js';
import type { Api } from './http.js';
import type { SilenceOffer } from './silence-offer.js';

export interface View {
  /** Of the browser's tab and of the page's heading. */
  readonly title: string;
  /** @param root empty, inside `main`; the view fills it and asks the server for what it needs */
  mount(root: HTMLElement, context: ViewContext): ViewHandle;
}

export interface ViewHandle {
  /** The address changed and this view is still the one to show: ask again for what depends on the change. */
  update(state: ViewState): void;
  /** Something came over the live stream. */
  onPushed<Name extends keyof Pushed>(name: Name, data: Pushed[Name]): void;
  /** Requests under way are aborted, listeners outside of `root` taken away. */
  unmount(): void;
}

export interface ViewContext {
  readonly api: Api;
  /** As the address has it now. */
  state(): ViewState;
  /** Newest known; pushed when it changes. */
  status(): Status;
  /** The server's clock, ms since epoch. */
  nowMs(): number;
  /** What the page is about: the brushed part, or else all of the range. */
  span(): Span;
  /** All of the range, brushed or not. */
  wholeSpan(): Span;
  /** Changes the address, and with it what is shown. @param how `replace` adds no step to go back to */
  navigate(change: Partial<ViewState>, how?: 'push' | 'replace'): void;
  /** An address for a link: the state as it is now with the change, so that it opens in a new tab too. */
  linkTo(change: Partial<ViewState>): string;
  /** Said by a screen reader when it is next silent. */
  announce(text: string): void;
  /** A line that goes by itself, with something to take it back. */
  notify(text: string, undo?: () => void): void;
  /** Whether the viewer may change anything. */
  mayWrite(): boolean;
  /**
   * The viewer's name, asked for where neither a token nor an earlier answer says it.
   *
   * @returns undefined when they would rather not
   */
  askWho(): Promise<string | undefined>;
  /** Opens the dialog that silences whatever matches. */
  openSilence(offer: SilenceOffer, what?: string): void;
}
