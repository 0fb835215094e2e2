// How the list of incidents and the buttons of an alert look.

export const INCIDENTS_STYLE = `
.incidents-panel .panel-body { padding: 0; }
.toggles { display: inline-flex; }
.toggles button { border-radius: 0; border-color: var(--line); margin-left: -1px; color: var(--muted); min-height: 1.9rem; padding: .1rem .6rem; }
.toggles button:first-child { border-radius: 6px 0 0 6px; }
.toggles button:last-child { border-radius: 0 6px 6px 0; }
.toggles button[aria-pressed='true'] { color: var(--accent); border-color: var(--accent); z-index: 1; }
.incidents-panel input[type='search'] { width: 11rem; border-color: var(--line); min-height: 1.9rem; }
.incident {
  display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: .15rem 1rem; align-items: start;
  padding: .6rem .9rem; border-top: 1px solid var(--line); border-left: 3px solid transparent;
}
.incident:hover { background: color-mix(in srgb, var(--raised) 55%, transparent); }
.incident:focus-within { background: var(--raised); }
.incident[data-state='firing'][data-severity='critical'] { border-left-color: var(--critical); }
.incident[data-state='firing'][data-severity='warning'] { border-left-color: var(--warning); }
.incident[data-state='firing'][data-severity='info'] { border-left-color: var(--info); }
.incident-head { display: flex; flex-wrap: wrap; gap: .1rem .5rem; align-items: baseline; }
.incident-head .state { flex-basis: 100%; font-weight: 600; display: flex; flex-wrap: wrap; gap: 0 .5rem; }
.incident[data-state='firing'] .state { color: var(--critical); }
.incident[data-state='acknowledged'] .state { color: var(--warning); }
.incident[data-state='resolved'] .state { color: var(--good); }
.incident[data-state='silenced'] .state { color: var(--muted); }
.incident[data-state] .state .state-acknowledged { color: var(--warning); }
.severity, .kind { font-size: .86rem; color: var(--muted); }
.incident[data-severity='critical'] .severity, .badge.critical { color: var(--critical); font-weight: 600; }
.incident[data-severity='warning'] .severity, .badge.warning { color: var(--warning); font-weight: 600; }
.incident-body { min-width: 0; display: grid; gap: .3rem; }
.incident-line { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: .2rem 1rem; min-width: 0; }
.incident-line > .headline { flex: 1 1 20rem; }
.incident-line > time { white-space: nowrap; }
.incident-facts { display: flex; flex-wrap: wrap; gap: .1rem 1rem; color: var(--muted); font-size: .93rem; }
.headline { color: var(--text); display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .7rem; }
.headline strong { white-space: nowrap; }
.headline span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.order { display: flex; flex-wrap: wrap; gap: .1rem .45rem; }
.step { display: inline-flex; gap: .35rem; align-items: baseline; }
.step.root bdi { color: var(--text); }
.acts { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; justify-content: space-between; }
.act-group { display: inline-flex; flex-wrap: wrap; gap: .35rem; align-items: baseline; }
.incidents .act-question { display: none; }
.act-question { color: var(--muted); font-size: .9rem; }
.act { border-color: transparent; background: none; color: var(--muted); font-size: .9rem; min-height: 1.7rem; padding: .05rem .55rem; }
.act:hover { color: var(--text); background: var(--surface); border-color: var(--line); }
.incident-line .acts { margin: 0 -.55rem 0 auto; }
.key-hint { padding: .5rem .9rem .7rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .86rem; }
kbd { font: inherit; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 .35rem; background: var(--raised); color: var(--text); }
@media (pointer: coarse), (max-width: 720px) { .key-hint { display: none; } }
.list-cut { padding: .6rem .9rem; }
.more { margin: .8rem .9rem; }
@media (max-width: 720px) {
  .incident { grid-template-columns: minmax(0, 1fr); gap: .35rem; }
  .incident-head .state { flex-basis: auto; }
  .headline { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .headline span { white-space: normal; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; }
  .incident-line > .headline { flex-basis: 100%; }
  .incident-line .acts { flex-basis: 100%; margin-left: -.55rem; }
  .incidents-panel .panel-tools { margin-left: 0; width: 100%; }
  .incidents-panel input[type='search'] { width: 100%; }
  .toggles { flex-wrap: wrap; }
}
@media (min-width: 2200px) {
  .view-overview { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); align-items: start; }
}
`;
