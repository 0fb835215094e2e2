// How an alert's page and the list of silences look.

export const ALERT_STYLE = `
.alert-head .panel-tools { gap: .4rem 1.2rem; }
.alert-headline { font-size: 1.15rem; overflow-wrap: anywhere; }
.alert-summary { display: grid; gap: .7rem; padding-bottom: .6rem; }
.alert-head .panel-head h2 { font-size: 1.35rem; overflow-wrap: anywhere; }
.alert-head .facts { display: flex; flex-wrap: wrap; gap: .5rem 1.8rem; }
.alert-head .facts dd { font-weight: 600; }
.badge.firing, .badge.critical { color: var(--critical); }
.badge.acknowledged, .badge.warning { color: var(--warning); }
.badge.resolved { color: var(--good); }
.badge.info { color: var(--info); }
.alert-head .acts { border-top: 1px solid var(--line); padding-top: .6rem; }
.alert-head .act { border-color: var(--line); color: var(--text); margin-left: 0; min-height: 2rem; }
.alert-head .act[aria-pressed='true'] { border-color: var(--accent); color: var(--accent); }
.alert-parts { display: grid; grid-template-columns: minmax(0, 2fr) minmax(18rem, 1fr); gap: .9rem; align-items: start; }
.alert-rest, .alert-main, .alert-side { display: grid; gap: .9rem; min-width: 0; }
.features { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(36rem, 100%), 1fr)); column-gap: 2.4rem; }
.score-chart { height: 11rem; }
.cascade { display: grid; grid-template-columns: minmax(6rem, max-content) max-content minmax(0, 1fr); column-gap: 1.2rem; }
.cascade li { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; padding: .25rem 0; align-items: baseline; }
.cascade a { font-weight: 600; }
.cascade a[aria-current] { color: var(--text); text-decoration: underline; }
.cascade span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--muted); }

.feature {
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: .3rem 1.2rem; align-items: start;
  padding: .6rem 0; border-top: 1px solid var(--line);
}
.feature:first-child { border-top: 0; }
@media (min-width: 1150px) { .feature:nth-child(2) { border-top: 0; } }
.feature-words { display: grid; gap: .15rem; min-width: 0; }
.feature h3 { overflow-wrap: anywhere; }
.feature-value strong { font-size: 1.15rem; }
.feature-value span { color: var(--muted); }
.share { display: flex; align-items: center; gap: .5rem; color: var(--muted); font-size: .9rem; }
.share-bar { width: 5rem; height: .4rem; border-radius: 99px; background: var(--raised); overflow: hidden; }
.share-bar i { display: block; height: 100%; width: calc(var(--share) * 100%); background: var(--actual); }
.band-figure { display: grid; gap: .1rem; min-width: 0; }
.band-drawing { width: 100%; height: 4.2rem; overflow: visible; }
.band { fill: var(--band); }
.alert-window { fill: var(--critical); opacity: .14; }
.actual { fill: none; stroke: var(--text); stroke-width: 1.5; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.dot { fill: var(--actual); }
.band-readout { justify-self: end; }

.evidence { display: grid; gap: .8rem; }
.evidence-item { display: grid; gap: .3rem; padding-left: .7rem; border-left: 3px solid var(--line); min-width: 0; }
.evidence-item.new { border-left-color: var(--critical); }
.evidence-item.spike { border-left-color: var(--warning); }
.evidence-item.disappeared { border-left-color: var(--info); }
.evidence-head { display: flex; flex-wrap: wrap; gap: .1rem .8rem; align-items: baseline; color: var(--muted); }
.event { font-weight: 650; }
.event.new { color: var(--critical); }
.event.spike { color: var(--warning); }
.event.disappeared { color: var(--info); }
.level { font-size: .86rem; }
.level.error, .level.fatal { color: var(--critical); font-weight: 600; }
.level.warn { color: var(--warning); font-weight: 600; }
.template { background: var(--raised); border-radius: 6px; padding: .4rem .6rem; max-height: 14rem; overflow: auto; }
.raw { padding: .4rem .6rem; max-height: 20rem; overflow: auto; border: 1px solid var(--line); border-radius: 6px; margin-top: .3rem; }
.evidence summary { color: var(--muted); cursor: pointer; width: fit-content; }

.detect { display: grid; gap: .6rem; }
.detect-total { font-size: 1.35rem; }
.detect-strip { display: flex; height: .9rem; gap: 1px; border-radius: 4px; overflow: hidden; }
.detect-strip span { flex: 1 1 0; min-width: 2px; }
.detect-list li { display: grid; grid-template-columns: .8rem minmax(0, 1fr) max-content; gap: .6rem; padding: .2rem 0; align-items: baseline; }
.detect-list i { width: .7rem; height: .7rem; border-radius: 2px; }
.tone-0 { background: #8fa3bd; } .tone-1 { background: #5b8def; } .tone-2 { background: #3aa6a0; } .tone-3 { background: #d9a441; }
.tone-4 { background: #c0653d; } .tone-5 { background: #9a6fc4; } .tone-6 { background: #c95d8b; }

.timeline { display: grid; }
.timeline li {
  display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .7rem; padding: .25rem 0 .45rem 1rem; position: relative;
  border-left: 2px solid var(--line); margin-left: .3rem;
}
.timeline li::before {
  content: ''; position: absolute; left: -.4rem; top: .6rem; width: .6rem; height: .6rem; border-radius: 50%; background: var(--strong-line);
}
.timeline li.person::before { background: var(--accent); }
.timeline li.sent::before { background: var(--good); }
.timeline li.trouble::before { background: var(--warning); border-radius: 1px; }
.timeline time, .timeline li > span { color: var(--muted); }
.timeline p { overflow-wrap: anywhere; }
blockquote { margin: .2rem 0 0; padding-left: .6rem; border-left: 2px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere; }

.match { display: inline-flex; flex-wrap: wrap; gap: .2rem .6rem; font-weight: 600; overflow-wrap: anywhere; }
.phase { font-weight: 600; }
.phase.active { color: var(--warning); }
.phase.planned { color: var(--info); }
.phase.over, .phase.lifted { color: var(--muted); font-weight: 400; }
.silence .reason { white-space: pre-wrap; }
.silence:is(.over, .lifted) { color: var(--muted); }
@media (max-width: 1000px) { .alert-parts { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 720px) { .cascade { grid-template-columns: minmax(0, 1fr); } .cascade li { grid-template-columns: minmax(0, 1fr) max-content; } .cascade span { grid-column: 1 / -1; white-space: normal; } .feature { grid-template-columns: minmax(0, 1fr); } .alert-head .panel-tools { margin-left: 0; } }
`;
