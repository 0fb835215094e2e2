// What the page shows, as one value that its address holds: whoever is sent the address sees the same. Reading an address
// never fails: what makes no sense in it is left out.
import { parseDuration } from '../../../core/duration.js';
import type { AlertState, Severity } from '../api.js';

export const VIEW_NAMES = [
  'overview',
  'alert',
  'templates',
  'health',
  'quality',
  'model',
  'silences',
] as const;

export type ViewName = (typeof VIEW_NAMES)[number];
export type Theme = 'system' | 'light' | 'dark';
/** `wall`: read from across the room. */
export type Size = 'normal' | 'wall';

/** Half open, ms since epoch. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface ViewState {
  readonly view: ViewName;
  /** The last so many ms, moving with time; or a fixed stretch. */
  readonly range: { readonly lastMs: number } | Span;
  /** A part of the range that was brushed: everything but the swimlane keeps to it. */
  readonly focus: Span | null;
  readonly source: string | null;
  /** Empty: all of them. */
  readonly states: readonly AlertState[];
  readonly severities: readonly Severity[];
  /** Searched for; empty: everything. */
  readonly text: string;
  readonly alertId: string | null;
  readonly theme: Theme;
  readonly size: Size;
  /** `local`: the viewer's own; else an IANA name, such as `UTC`. */
  readonly zone: string;
  /** What one view alone remembers, such as its order of columns. Gone when another view is shown. */
  readonly own: Readonly<Record<string, string>>;
}

export const DEFAULT_STATE: ViewState = {
  view: 'overview',
  range: { lastMs: 6 * 3_600_000 },
  focus: null,
  source: null,
  states: [],
  severities: [],
  text: '',
  alertId: null,
  theme: 'system',
  size: 'normal',
  zone: 'local',
  own: {},
};

const STATES: readonly AlertState[] = ['firing', 'acknowledged', 'resolved', 'silenced'];
const SEVERITIES: readonly Severity[] = ['critical', 'warning', 'info'];
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const SHARED = new Set([
  'view',
  'last',
  'from',
  'to',
  'focus',
  'source',
  'state',
  'severity',
  'q',
  'id',
  'theme',
  'size',
  'zone',
]);
const MIN_RANGE_MS = 60_000;
const MAX_RANGE_MS = 366 * 86_400_000;

/** @param search with or without its question mark */
export function readViewState(search: string): ViewState {
  const parameters = new URLSearchParams(search);
  const given = (name: string): string => parameters.get(name) ?? '';
  const own: [string, string][] = [...parameters].filter(([name]) => !SHARED.has(name));
  return {
    view: VIEW_NAMES.find((name) => name === given('view')) ?? 'overview',
    range: readRange(given('last'), given('from'), given('to')),
    focus: readFocus(given('focus')),
    source: parameters.get('source'),
    states: STATES.filter((state) => given('state').split(',').includes(state)),
    severities: SEVERITIES.filter((severity) => given('severity').split(',').includes(severity)),
    text: given('q'),
    alertId: parameters.get('id'),
    theme: THEMES.find((theme) => theme === given('theme')) ?? 'system',
    size: given('size') === 'wall' ? 'wall' : 'normal',
    zone: isZone(given('zone')) ? given('zone') : 'local',
    own: Object.fromEntries(own),
  };
}

/** @returns a query, empty or beginning with `?`; what is as by default is left out */
export function writeViewState(state: ViewState): string {
  const parameters = new URLSearchParams();
  if (state.view !== 'overview') parameters.set('view', state.view);
  if (state.alertId !== null) parameters.set('id', state.alertId);
  if ('lastMs' in state.range) {
    if (state.range.lastMs !== 6 * 3_600_000) parameters.set('last', writeDuration(state.range.lastMs));
  } else {
    parameters.set('from', String(state.range.fromMs));
    parameters.set('to', String(state.range.toMs));
  }
  if (state.focus !== null) parameters.set('focus', `${state.focus.fromMs}-${state.focus.toMs}`);
  if (state.source !== null) parameters.set('source', state.source);
  if (state.states.length > 0) parameters.set('state', state.states.join(','));
  if (state.severities.length > 0) parameters.set('severity', state.severities.join(','));
  if (state.text !== '') parameters.set('q', state.text);
  if (state.theme !== 'system') parameters.set('theme', state.theme);
  if (state.size !== 'normal') parameters.set('size', state.size);
  if (state.zone !== 'local') parameters.set('zone', state.zone);
  for (const [name, value] of Object.entries(state.own)) parameters.set(name, value);
  const query = parameters.toString();
  return query === '' ? '' : `?${query}`;
}

/** Another view forgets what the one before kept for itself, and an alert's page the alert. */
export function changeView(state: ViewState, change: Partial<ViewState>): ViewState {
  const isSame = change.view === undefined || change.view === state.view;
  return { ...state, ...(isSame ? {} : { own: {}, alertId: null }), ...change };
}

/**
 * The stretch of time that a range stands for. One that moves with time ends now; where everything stored is older than
 * that, it ends with the last of it, or the page would be empty.
 *
 * @param watermarkMs end of the last window stored, if any
 */
export function resolveRange(range: ViewState['range'], nowMs: number, watermarkMs: number | null): Span {
  if (!('lastMs' in range)) return range;
  const toMs = watermarkMs !== null && watermarkMs < nowMs - range.lastMs ? watermarkMs : nowMs;
  return { fromMs: toMs - range.lastMs, toMs };
}

/** The largest units that leave nothing over: `6h`, `1h30m`. */
function writeDuration(durationMs: number): string {
  let rest = durationMs;
  let text = '';
  for (const [unit, unitMs] of UNITS) {
    const amount = Math.floor(rest / unitMs);
    if (amount > 0) text += `${amount}${unit}`;
    rest -= amount * unitMs;
  }
  return text;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

function readRange(last: string, from: string, to: string): ViewState['range'] {
  const span = readSpan(from, to);
  if (span !== null && span.toMs - span.fromMs <= MAX_RANGE_MS) return span;
  try {
    const lastMs = parseDuration(last);
    if (lastMs >= MIN_RANGE_MS && lastMs <= MAX_RANGE_MS) return { lastMs };
  } catch {
    // an address that somebody mistyped shows what it would show without
  }
  return DEFAULT_STATE.range;
}

function readFocus(text: string): Span | null {
  const match = /^(\d+)-(\d+)$/.exec(text);
  return match ? readSpan(match[1]!, match[2]!) : null;
}

function readSpan(from: string, to: string): Span | null {
  if (!/^\d{1,15}$/.test(from) || !/^\d{1,15}$/.test(to)) return null;
  const span = { fromMs: Number(from), toMs: Number(to) };
  return span.fromMs < span.toMs ? span : null;
}

function isZone(name: string): boolean {
  if (name === '') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
