// What of a page is somebody else's business: what is looked at, at the very time that is meant, and not how a screen is set up.
import { DEFAULT_STATE, type Span, type ViewState } from './view-state.js';

/**
 * @param span that the range stands for now: `the last hour` of whoever opens a link later is another one. An alert has its own
 * time
 */
export function sharedState(state: ViewState, { fromMs, toMs }: Span): ViewState {
  const { theme, size } = DEFAULT_STATE;
  const range =
    state.view === 'alert' ? DEFAULT_STATE.range : { fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs) };
  return { ...state, range, theme, size };
}
