// The first view: which services are strange and since when, and the incidents that this came to.
import type { Swimlane } from '../api.js';
import { laneQuestion } from '../view/bucket.js';
import { heatScale } from '../view/heat.js';
import { keptWords } from '../view/kept-words.js';
import { scoreText } from '../view/number-text.js';
import { element, fill } from './dom.js';
import { createExportMenu } from './export-menu.js';
import type { Parameters } from './http.js';
import { createIncidentList } from './incidents.js';
import { createThrottle } from './pace.js';
import { createPanel } from './panel.js';
import { createSwimlane } from './swimlane.js';
import { isDark } from './theme.js';
import type { View, ViewContext } from './view.js';

/** Windows come in many times a second; the picture follows at a pace that can be looked at. */
const LANES_MS = 2000;
const INCIDENTS_MS = 500;
/** Also where nothing comes in: that it does not must be seen. */
const IDLE_MS = 30_000;

export const overviewView: View = {
  title: 'Overview',
  mount: (root, context) => {
    const panel = createPanel('Services', 2, 'swimlane-panel');
    const lanes = createSwimlane(context);
    let hasWindows: boolean | undefined;
    const incidents = createIncidentList(context, () => hasWindows);
    const note = element('p', { class: 'hint', hidden: true });
    const keys = element('span', { class: 'lane-keys' });
    const take = createExportMenu([['windows', 'Windows']], () => windowQuestion(context));
    panel.tools.append(keys, take.root);
    panel.body.append(lanes.root, note);
    fill(root, panel.root, incidents.root);

    let asking: AbortController | undefined;
    let askedRange = '';

    const load = async (signal: AbortSignal): Promise<void> => {
      const swimlane = await context.api.get<Swimlane>(
        '/swimlane',
        laneQuestion(context.wholeSpan(), lanes.room()),
        signal,
      );
      if (hasWindows !== swimlane.lanes.length > 0) {
        hasWindows = swimlane.lanes.length > 0;
        incidentsSoon.ask();
      }
      const gone = keptWords(swimlane.kept, swimlane.fromMs, context.state().zone, context.nowMs());
      if (swimlane.lanes.length === 0)
        return panel.empty(
          gone === undefined ? 'No window was stored in this range.' : 'There is no window in this range.',
          gone ?? (context.status().watermarkMs === null ? undefined : 'Choose a longer range above.'),
        );
      panel.ready();
      fill(keys, markerKey(swimlane), heatKey(swimlane.threshold));
      lanes.show(swimlane);
      note.hidden = gone === undefined;
      note.textContent = gone ?? '';
    };
    const refreshLanes = (): void => {
      asking?.abort();
      asking = new AbortController();
      askedRange = JSON.stringify(context.state().range);
      panel.waiting();
      void load(asking.signal).catch((error: unknown) => panel.failed(error, refreshLanes));
    };
    const lanesSoon = createThrottle(refreshLanes, LANES_MS);
    const incidentsSoon = createThrottle(() => incidents.refresh(), INCIDENTS_MS);
    const refreshSoon = (): void => {
      lanesSoon.ask();
      incidentsSoon.ask();
    };
    refreshSoon();
    const idle = setInterval(refreshSoon, IDLE_MS);
    return {
      update: (state) => {
        // a filter changes what is chosen in the picture, not the picture
        if (JSON.stringify(state.range) === askedRange) lanes.update();
        else refreshLanes();
        incidentsSoon.ask();
      },
      onPushed: (name) => {
        if (name === 'alert' || name === 'silences') incidentsSoon.ask();
        if (name === 'windows' || name === 'marker') lanesSoon.ask();
      },
      unmount: () => {
        asking?.abort();
        clearInterval(idle);
        lanesSoon.stop();
        incidentsSoon.stop();
        lanes.unmount();
        take.unmount();
        incidents.unmount();
      },
    };
  },
};

/** What is chosen in the picture, or else all of it. */
function windowQuestion(context: ViewContext): Parameters {
  const { fromMs, toMs } = context.span();
  return { from: Math.floor(fromMs), to: Math.ceil(toMs), source: context.state().source };
}

function markerKey({ markers }: Swimlane): HTMLElement | null {
  const kinds = new Set(markers.map(({ kind }) => kind));
  if (kinds.size === 0) return null;
  return element(
    'span',
    { class: 'marker-key' },
    ...[...kinds].map((kind) => element('span', {}, element('i', { class: `marker ${kind}` }), kind)),
  );
}

function heatKey(threshold: number): HTMLElement {
  const { calm, loud } = heatScale(isDark() ? 'dark' : 'light');
  const swatch = (colour: string, isLoud: boolean): HTMLElement => {
    const made = element('i', { class: isLoud ? 'swatch loud' : 'swatch' });
    made.style.setProperty('background', colour);
    return made;
  };
  return element(
    'span',
    {
      class: 'heat-key',
      role: 'img',
      'aria-label': `Low and blue below the threshold ${scoreText(threshold)}, tall and orange to red above`,
    },
    '0',
    ...calm.map((colour) => swatch(colour, false)),
    element('span', { class: 'heat-threshold' }, `threshold ${scoreText(threshold)}`),
    ...loud.map((colour) => swatch(colour, true)),
    '1',
  );
}
