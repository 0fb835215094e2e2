// How the page's head, banner, filters and notices look.

export const SHELL_STYLE = `
.skip { position: absolute; left: -99rem; top: 0; z-index: 20; background: var(--surface); padding: .6rem 1rem; }
.skip:focus { left: 0; }
.top-bar {
  position: sticky; top: 0; z-index: 10; display: flex; flex-wrap: wrap; align-items: center; gap: 0 1.4rem;
  padding: 0 1.2rem; background: var(--surface); border-bottom: 1px solid var(--line);
}
.brand { display: inline-flex; align-items: center; gap: .5rem; color: var(--text); font-weight: 700; letter-spacing: -.01em; }
.brand:hover { text-decoration: none; }
.mark { width: .95rem; height: .95rem; border-radius: 50% 50% 50% 2px; background: var(--accent); transform: rotate(45deg); }
.top-bar nav { min-width: 0; }
.top-bar nav ul { display: flex; gap: .2rem; overflow-x: auto; scrollbar-width: none; }
.top-bar nav a {
  display: block; padding: .85rem .7rem .75rem; color: var(--muted); white-space: nowrap; border-bottom: 2px solid transparent;
}
.top-bar nav a:hover { color: var(--text); text-decoration: none; }
.top-bar nav a[aria-current] { color: var(--text); font-weight: 600; border-bottom-color: var(--accent); }
.top-bar nav a:focus-visible { outline-offset: -3px; }
.top-tools { display: flex; align-items: center; gap: .5rem; margin-left: auto; padding: .4rem 0; }
.top-tools select { border-color: var(--line); }
.drop-down { position: relative; }
.drop-down > summary { list-style: none; cursor: pointer; color: var(--muted); border-radius: 6px; }
.drop-down > summary::-webkit-details-marker { display: none; }
.drop-down > summary:hover, .drop-down[open] > summary { color: var(--text); background: var(--raised); }
.drop-down-body {
  position: absolute; right: 0; top: calc(100% + .4rem); z-index: 5; min-width: 14rem; display: grid; gap: .8rem; padding: 1rem;
  background: var(--surface); border: 1px solid var(--line); border-radius: 10px; box-shadow: var(--shadow);
}
.settings > summary { padding: .15rem .45rem; font-size: 1.2rem; line-height: 1.4; }
.export > summary { padding: .2rem .6rem; border: 1px solid var(--line); min-height: 1.9rem; }
.export > summary::after { content: ' ▾'; }
.lane-keys { display: inline-flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; }
.export li { white-space: nowrap; }
.export .drop-down-body { gap: .1rem; padding: .5rem .9rem; }
.export a { display: block; padding: .25rem 0; }
.viewer { display: grid; gap: .5rem; justify-items: start; border-top: 1px solid var(--line); padding-top: .8rem; }
.connection { color: var(--muted); font-size: .86rem; white-space: nowrap; padding-right: .4rem; }
.connection::before {
  content: ''; display: inline-block; width: .5rem; height: .5rem; border-radius: 50%; margin-right: .4rem;
  border: 1.5px solid var(--muted);
}
.connection.live::before { background: var(--good); border-color: var(--good); }
.connection.reconnecting { color: var(--warning); font-weight: 600; }
.connection.reconnecting::before { border-color: var(--warning); animation: pulse 1.2s infinite; }
@keyframes pulse { 50% { opacity: .25; } }

.link-sign { width: 1.1rem; height: 1.1rem; vertical-align: -.2rem; }
.top-tools .copy-link { color: var(--muted); }
.panel-tools .copy-link { padding-left: 0; padding-right: 0; }
.copy-link .link-sign { margin-right: .3rem; }
.top-tools .link-sign { margin-right: 0; }
.tag.read-only { margin-left: auto; }

.banner {
  display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem .7rem; padding: .55rem 1.2rem;
  border-bottom: 1px solid var(--line); border-left: 4px solid transparent; background: var(--surface);
}
.banner strong { font-size: 1.07rem; }
.banner-sign { display: inline-block; margin-right: .5rem; }
.banner-detail { color: var(--muted); }
.banner code { background: var(--raised); padding: .15rem .5rem; border-radius: 5px; overflow-wrap: anywhere; color: var(--text); }
.banner.firing { background: var(--critical-ground); border-left-color: var(--critical); }
.banner.firing strong, .banner.firing .banner-sign { color: var(--critical); }
.banner.quiet { border-left-color: var(--good); }
.banner.quiet .banner-sign { color: var(--good); }
.banner.stopped { background: var(--warning-ground); border-left-color: var(--warning); }
.banner.stopped strong, .banner.stopped .banner-sign { color: var(--warning); }
.banner.taken, .banner.behind { border-left-color: var(--warning); }
.banner.taken strong, .banner.taken .banner-sign, .banner.behind strong, .banner.behind .banner-sign { color: var(--warning); }
.banner.blind { background: repeating-linear-gradient(135deg, var(--warning-ground) 0 14px, var(--surface) 14px 28px); border-left-color: var(--text); }
.banner.firing .banner-detail, .banner.stopped .banner-detail, .banner.blind .banner-detail { color: var(--text); }

.filter-bar { display: flex; flex-wrap: wrap; gap: .5rem; padding: .7rem 1.2rem 0; }
.chip {
  display: inline-flex; align-items: center; gap: .4rem; max-width: 100%; padding: 0 .1rem 0 .7rem;
  background: var(--accent-ground); border-radius: 99px;
}
.chip bdi { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-weight: 600; }
.chip.note { padding: .2rem .8rem; background: var(--raised); color: var(--muted); }
.chip-label { color: var(--muted); font-size: .86rem; }
.chip button { border-radius: 99px; }

main { padding: .9rem 1.2rem 4rem; }
.view { display: grid; gap: .9rem; min-width: 0; }
.view > * { min-width: 0; }
.fatal { max-width: 40rem; margin: 12vh auto; display: grid; gap: 1rem; justify-items: start; }

.notice {
  position: fixed; left: 50%; bottom: 1.2rem; translate: -50% 0; z-index: 15; display: flex; align-items: center; gap: .8rem;
  max-width: calc(100vw - 2rem); padding: .5rem .6rem .5rem 1rem; border-radius: 8px; background: var(--surface);
  border: 1px solid var(--strong-line); box-shadow: var(--shadow);
}

@media (max-width: 720px) {
  .top-bar { padding: 0 .8rem; }
  .top-bar nav { order: 3; flex: 0 0 100%; border-top: 1px solid var(--line); }
  .top-bar nav ul { margin: 0 -.6rem; }
  .top-bar nav a { padding: .65rem .42rem .55rem; font-size: .96rem; }
  .banner, .filter-bar { padding-left: .8rem; padding-right: .8rem; }
  main { padding: .7rem .6rem 4rem; }
  .export { position: static; }
  .export .drop-down-body { top: auto; left: 1rem; right: 1rem; }
}
`;
