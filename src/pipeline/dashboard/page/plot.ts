// Charts by Plotly, in the page's own colours and quiet: no logo, no toolbar, no zoom that a scrolling finger sets off.
// Its code is large, so it is fetched when the first chart is drawn.
import { typeScale } from './size.js';

export interface PlotTrace {
  readonly [name: string]: unknown;
}

export interface PlotLayout {
  readonly [name: string]: unknown;
}

interface Plotly {
  react(
    root: HTMLElement,
    traces: readonly PlotTrace[],
    layout: PlotLayout,
    config: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
  purge(root: HTMLElement): void;
}

declare global {
  interface Window {
    Plotly?: Plotly;
    /** W3C Trusted Types; what it makes may stand wherever the string may. */
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { readonly createScriptURL: (address: string) => string },
      ): { createScriptURL(address: string): string };
    };
  }
}

/** Beside this build's own files, which a browser keeps for good. */
const ADDRESS = new URL('../plotly.js', import.meta.url).pathname;
/** As the server's policy names it. */
const POLICY = 'loghorn-charts';
/** Type of a chart where the page's is as at a desk. */
const TEXT_PX = 12;
const SMALL_PX = 11;
const STYLE_ID = 'plotly.js-style-global';
let loading: Promise<Plotly> | undefined;
let trustedAddress: string | undefined;

/** How a chart stands, as `data-plot` of its root: until it is drawn the style sheet says in its place that it comes. */
type PlotState = 'waiting' | 'drawn' | 'failed';

/**
 * Draws, or draws again over what is there: cheap when little changed. The caller gives the chart its words: Plotly's own
 * drawing is hidden from screen readers.
 *
 * @param root empty or drawn on before; its height comes from its class
 * @param layout over the page's own; times as `plotTime` writes them
 */
export async function drawPlot(
  root: HTMLElement,
  traces: readonly PlotTrace[],
  layout: PlotLayout = {},
): Promise<void> {
  root.setAttribute('aria-hidden', 'true');
  // what is drawn already stays until it is drawn anew
  if (root.dataset['plot'] !== 'drawn') setState(root, 'waiting');
  try {
    const plotly = await loadPlotly();
    // the view may be gone by the time the code is here
    if (!root.isConnected) return;
    await plotly.react(
      root,
      traces,
      { ...pageLayout(), ...layout },
      {
        displayModeBar: false,
        responsive: true,
        scrollZoom: false,
        showTips: false,
        doubleClick: false,
      },
    );
    setState(root, 'drawn');
  } catch (error) {
    setState(root, 'failed');
    throw error;
  }
}

function setState(root: HTMLElement, state: PlotState): void {
  root.dataset['plot'] = state;
}

/** Fetches the charts' code while the data for them is on its way. What fails is told by the chart. */
export function preparePlots(): void {
  loadPlotly().catch(() => undefined);
}

/** Listeners and memory of a chart that is not shown any more. */
export function dropPlot(root: HTMLElement): void {
  window.Plotly?.purge(root);
}

/** A colour of the style sheet as it is now, light or dark. @param name such as `--accent` */
export function pageColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** Axis settings that go with the page: spread them and say what differs. */
export function pageAxis(): PlotLayout {
  return {
    gridcolor: pageColour('--line'),
    linecolor: pageColour('--line'),
    zerolinecolor: pageColour('--line'),
    tickfont: { size: SMALL_PX * typeScale(), color: pageColour('--muted') },
    fixedrange: true,
    automargin: true,
  };
}

function pageLayout(): PlotLayout {
  const scale = typeScale();
  return {
    margin: { l: 40 * scale, r: 8 * scale, t: 8 * scale, b: 24 * scale },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'system-ui, sans-serif', size: TEXT_PX * scale, color: pageColour('--text') },
    xaxis: pageAxis(),
    yaxis: { ...pageAxis(), rangemode: 'tozero' },
    showlegend: false,
    hovermode: 'x unified',
    hoverlabel: { bgcolor: pageColour('--surface'), bordercolor: pageColour('--line') },
    dragmode: false,
  };
}

/** The one script that the page adds by itself: where a browser knows Trusted Types, its policy gives this address alone. */
function plotlyAddress(): string {
  // a policy of one name is made once, however often the script has to be asked for
  trustedAddress ??=
    window.trustedTypes?.createPolicy(POLICY, { createScriptURL: () => ADDRESS }).createScriptURL('') ??
    ADDRESS;
  return trustedAddress;
}

async function loadPlotly(): Promise<Plotly> {
  if (window.Plotly) return window.Plotly;
  // Plotly would make a style element of this id, which the page's policy forbids: its rules go into the page's own sheet
  document.querySelector('link[rel=stylesheet]')?.setAttribute('id', STYLE_ID);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = plotlyAddress();
    script.addEventListener('load', () =>
      window.Plotly ? resolve(window.Plotly) : reject(new Error(`${ADDRESS} brought no Plotly`)),
    );
    script.addEventListener('error', () => {
      // asked for again with the next chart
      loading = undefined;
      reject(new Error('The chart library did not load: reload the page'));
    });
    document.head.append(script);
  });
  return await loading;
}
