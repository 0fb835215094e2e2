// One alert: what is wrong, since when and why the model says so; how fast it was found; what was done about it.
import { showUnsafe } from '../../../core/unsafe-characters.js';
import type { AlertDetail } from '../api-alerts.js';
import { createActButtons } from './act-buttons.js';
import type { Target } from './alert-acts.js';
import { detectFigure } from './alert-detect.js';
import { featureList } from './alert-features.js';
import { alertHead } from './alert-head.js';
import { createHistoryChart } from './alert-history.js';
import { incidentOrder, readIncident } from './alert-incident.js';
import { templateList } from './alert-templates.js';
import { timelineList } from './alert-timeline.js';
import { statesOf } from '../view/alert-words.js';
import { element, fill } from './dom.js';
import { keptWords } from '../view/kept-words.js';
import { ApiError } from './http.js';
import { createPanel } from './panel.js';
import { isDark } from './theme.js';
import type { View } from './view.js';

export const alertView: View = {
  title: 'Alert',
  mount: (root, context) => {
    const alertId = context.state().alertId;
    const path = `/alerts/${encodeURIComponent(alertId ?? '')}`;
    const head = createPanel('Alert', 2, 'alert-head');
    const why = createPanel('Why: what was not as usual', 2, 'wide');
    const lines = createPanel('The lines that did it', 2, 'wide');
    const history = createPanel('Score', 2, 'wide');
    const detect = createPanel('Time to detect');
    const story = createPanel('What happened');
    const cascade = createPanel('The incident: where it began', 2, 'wide');
    cascade.root.hidden = true;
    const chart = createHistoryChart(context);
    history.body.append(chart.root);
    const rest = element(
      'div',
      { class: 'alert-rest', hidden: true },
      element(
        'div',
        { class: 'alert-parts' },
        element('div', { class: 'alert-main' }, cascade.root, lines.root),
        element('div', { class: 'alert-side' }, detect.root, story.root),
      ),
      history.root,
      why.root,
    );
    fill(root, head.root, rest);

    let asking: AbortController | undefined;
    let shown: AlertDetail | undefined;
    let acts: ReturnType<typeof createActButtons> | undefined;

    const drawn = new Map<string, string>();
    const part = (name: string, data: unknown, drawPart: () => void): void => {
      const { zone, theme } = context.state();
      const wanted = JSON.stringify([data, zone, theme, isDark()]);
      if (drawn.get(name) === wanted) return;
      drawn.set(name, wanted);
      drawPart();
    };
    const refresh = (): void => {
      asking?.abort();
      asking = new AbortController();
      head.waiting();
      context.api
        .get<AlertDetail>(path, {}, asking.signal)
        .then(show)
        .catch((error: unknown) => {
          if (!(error instanceof ApiError && error.status === 404)) return head.failed(error, refresh);
          // to ask again would give the same
          head.empty('There is no such alert in this store.', backLink(context.linkTo({ view: 'overview' })));
        });
    };
    const show = (detail: AlertDetail): void => {
      // an answer that says the same leaves what is being read as it is
      const isSame = JSON.stringify(detail) === JSON.stringify(shown);
      shown = detail;
      head.ready();
      if (isSame) return;
      draw(detail);
      void showIncident(detail).catch((error: unknown) => cascade.failed(error, refresh));
    };
    const showIncident = async (detail: AlertDetail): Promise<void> => {
      const incident = await readIncident(detail, context, asking!.signal);
      cascade.root.hidden = incident === undefined;
      if (!incident) return;
      cascade.ready();
      fill(cascade.body, incidentOrder(incident, detail.alertId, context));
    };
    const draw = (detail: AlertDetail): void => {
      acts ??= createActButtons(context, targetOf(detail), refresh);
      acts.update(targetOf(detail));
      head.root.querySelector('h2')!.textContent = showUnsafe(detail.source);
      const [summary, ...facts] = alertHead(detail, context);
      if (acts.root.parentElement === head.body) head.body.firstElementChild!.replaceWith(summary);
      else fill(head.body, summary, acts.root);
      fill(head.tools, ...facts);
      rest.hidden = false;
      const { features, history: windows, templates, timeToDetect } = detail;
      // what is as it was stays as it is: a raw line that was opened is open
      part('lines', templates, () => fill(lines.body, templateList(detail, context)));
      lines.root.hidden = templates.length === 0;
      part('why', [features, windows], () => fill(why.body, featureList(detail, context)));
      why.root.hidden = features.length === 0;
      part('detect', [timeToDetect, detail.lastLine, detail.fellMs], () =>
        fill(detect.body, detectFigure(detail)),
      );
      const gone = keptWords(detail.kept, detail.sinceMs, context.state().zone, context.nowMs());
      part('history', [windows, gone], () => {
        if (windows.length === 0 && gone !== undefined)
          return history.empty('The windows around this alert are not stored any more.', gone);
        history.ready();
        return chart.draw(detail);
      });
      fill(story.body, timelineList(detail, context));
    };

    if (alertId === null) {
      head.empty('No alert is named in the address.', backLink(context.linkTo({ view: 'overview' })));
    } else refresh();
    return {
      update: () => {
        if (shown) draw(shown);
        refresh();
      },
      onPushed: (name, data) => {
        const isThis = name === 'alert' && 'alertId' in data && data.alertId === alertId;
        if (isThis || name === 'silences') refresh();
      },
      unmount: () => {
        asking?.abort();
        chart.unmount();
      },
    };
  },
};

function targetOf(detail: AlertDetail): Target {
  const { source, kind, state, verdict } = detail;
  return {
    alerts: [detail],
    source,
    kind,
    state,
    isTaken: statesOf(detail).includes('acknowledged'),
    verdict,
  };
}

function backLink(href: string): HTMLElement {
  return element('a', { href, 'data-link': true }, 'To the overview');
}
