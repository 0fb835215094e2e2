// The page around its views: it asks who is there and how things stand, keeps the address, the head, the banner and the
// live stream, and shows the view that the address names.
import type { Pushed, Status } from '../api.js';
import { resolveRange } from '../view/view-state.js';
import { sharedState } from '../view/shared-state.js';
import { createBannerBar } from './banner-bar.js';
import { copyLinkButton } from './copy-link.js';
import { element, fill } from './dom.js';
import { createFilterBar } from './filter-bar.js';
import { createApi } from './http.js';
import { createNotices } from './notices.js';
import { openRangeDialog } from './range-dialog.js';
import { createRouter } from './router.js';
import { openSilenceDialog } from './silence-dialog.js';
import { tellSilenced } from './silence-lift.js';
import { applySize } from './size.js';
import { openStream } from './stream.js';
import { applyTheme, onSystemTheme, rememberedTheme } from './theme.js';
import { refreshAges } from './time.js';
import { createTopBar } from './top-bar.js';
import type { View, ViewContext, ViewHandle } from './view.js';
import { VIEWS } from './views.js';
import { askWho } from './who.js';

const AGES_MS = 5000;
/** A server that is started again is away for this long at most. */
const RESTART_MS = 5000;

/** @param status the first answer of the server; @param app empty */
export function startShell(app: HTMLElement, first: Status): void {
  let status = first;
  let clockAheadMs = first.nowMs - Date.now();
  let shown: { readonly view: View; readonly handle: ViewHandle } | undefined;
  let wanted = 0;
  const announced = new Set<string>();

  const router = createRouter((state, before) => {
    if (state.view === before.view && state.alertId === before.alertId && shown) {
      frame();
      shown.handle.update(state);
    } else void showView();
  });
  const share = copyLinkButton('Copy link to this view', '', {
    address: () => router.linkTo(sharedState(router.state(), wholeSpan())),
    said: 'Link copied: it shows this view at this time.',
    context: () => context,
  });
  const topBar = createTopBar(router, () => openRangeDialog(context), share);
  const banner = createBannerBar();
  const filters = createFilterBar();
  const notices = createNotices();
  const heading = element('h1', { class: 'visually-hidden', tabindex: -1 });
  const main = element('main', { id: 'main', tabindex: -1 });

  const nowMs = (): number => Date.now() + clockAheadMs;
  const wholeSpan = (): { fromMs: number; toMs: number } =>
    resolveRange(router.state().range, nowMs(), status.watermarkMs);
  const context: ViewContext = {
    api: createApi(() => status.csrfToken),
    state: () => router.state(),
    status: () => status,
    nowMs,
    span: () => router.state().focus ?? wholeSpan(),
    wholeSpan,
    navigate: (change, how) => router.go(change, how),
    linkTo: (change) => router.linkTo(change),
    announce: (text) => notices.announce(text),
    notify: (text, undo) => notices.notify(text, undo),
    mayWrite: () => status.who.mayWrite,
    askWho: async () => await askWho(status.who.name),
    openSilence: (match, what) =>
      openSilenceDialog(context, match, what, (silences) => tellSilenced(context, silences)),
  };

  let lostAtMs: number | undefined;
  let unreadableAtMs: number | undefined;
  /** Says whether what is shown is what there is. */
  const see = (): void => {
    const isLost = lostAtMs !== undefined && nowMs() - lostAtMs >= RESTART_MS;
    if (isLost) banner.setBlindness({ cause: 'server', sinceMs: lostAtMs! });
    else if (unreadableAtMs !== undefined) banner.setBlindness({ cause: 'store', sinceMs: unreadableAtMs });
    else banner.setBlindness(undefined);
    banner.update(context);
  };

  const frame = (): void => {
    const state = router.state();
    applyTheme(state.theme);
    applySize(state.size);
    // also where it changes while the page is open
    document.documentElement.toggleAttribute('data-read-only', !status.who.mayWrite);
    topBar.update(state);
    banner.update(context);
    filters.update(context);
    document.title = titleOf(shown?.view.title, status);
  };

  const showView = async (): Promise<void> => {
    const mine = ++wanted;
    const entry = VIEWS.find(({ name }) => name === router.state().view) ?? VIEWS[0];
    if (!entry) throw new Error('the page has no views');
    frame();
    const view = await entry.load();
    // another one was asked for while the code came
    if (mine !== wanted) return;
    const isFirst = shown === undefined;
    shown?.handle.unmount();
    const root = element('div', { class: `view view-${entry.name}` });
    heading.textContent = view.title;
    fill(main, heading, root);
    shown = { view, handle: view.mount(root, context) };
    frame();
    if (isFirst) return;
    // as with a page that was loaded: the top of it, and a screen reader says what it is
    window.scrollTo(0, 0);
    heading.focus({ preventScroll: true });
  };

  const onPushed = <Name extends keyof Pushed>(name: Name, data: Pushed[Name]): void => {
    if (name === 'status') {
      status = data as Status;
      clockAheadMs = status.nowMs - Date.now();
      frame();
    }
    if (name === 'alert') announceAlert(data as Pushed['alert']);
    if (name === 'store') {
      unreadableAtMs = (data as Pushed['store']).isReadable ? undefined : nowMs();
      see();
    }
    shown?.handle.onPushed(name, data);
  };
  const announceAlert = ({ alertId, state, source, headline }: Pushed['alert']): void => {
    if (state !== 'firing' || announced.has(alertId)) return;
    announced.add(alertId);
    notices.announce(`Alert: ${source}, ${headline}`);
  };

  fill(
    app,
    element('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
    topBar.root,
    banner.root,
    filters.root,
    main,
    notices.root,
  );
  onSystemTheme(() => shown?.handle.update(router.state()));
  openStream(
    {
      onConnection: (connection) => {
        topBar.setConnection(connection);
        const isLost = connection === 'reconnecting';
        // a server that is there tells anew what it cannot read
        if (!isLost) lostAtMs = unreadableAtMs = undefined;
        else lostAtMs ??= nowMs();
        see();
        if (isLost) setTimeout(see, RESTART_MS);
      },
      onPushed,
      onGap: () => void catchUp(),
    },
    first.eventId,
  );
  const catchUp = async (): Promise<void> => {
    try {
      onPushed('status', await context.api.get<Status>('/status'));
    } catch {
      // whatever is shown asks for itself next, and says what is wrong
    }
    shown?.handle.update(router.state());
  };
  setInterval(() => {
    refreshAges(app, nowMs());
    banner.update(context);
  }, AGES_MS);
  // what was chosen in this browser before, unless the address says otherwise
  if (router.state().theme === 'system' && rememberedTheme() !== 'system')
    router.go({ theme: rememberedTheme() }, 'replace');
  topBar.setViewer(first.who.name);
  void showView();
}

/** What is wrong can be read off the tab. */
function titleOf(title: string | undefined, { firing }: Status): string {
  const name = title === undefined ? 'loghorn' : `${title} · loghorn`;
  return firing > 0 ? `(${firing}) ${name}` : name;
}
