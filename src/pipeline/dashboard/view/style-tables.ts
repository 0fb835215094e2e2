// How tables, small drawings, charts, state words and lists of facts look: what several views share.

export const TABLES_STYLE = `
.table-scroll { overflow-x: auto; position: relative; }
.plain-table td, .plain-table th { white-space: nowrap; }
.plain-table td, .plain-table tbody th { vertical-align: middle; }
.plain-table td.wrap { white-space: normal; overflow-wrap: anywhere; min-width: 12rem; }
.plain-table tbody tr:last-child > * { border-bottom: 0; }
.plain-table tbody tr:hover { background: var(--raised); }
@media (max-width: 720px) {
  .plain-table th, .plain-table td { padding-left: .35rem; padding-right: .35rem; }
  .plain-table tbody th { white-space: normal; overflow-wrap: anywhere; min-width: 7rem; }
  .plain-table:not(.stacks) .minor { display: none; }
  .stacks thead { display: none; }
  .stacks, .stacks tbody { display: block; }
  .stacks tbody tr { display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; padding: .55rem 0; border-bottom: 1px solid var(--line); }
  .stacks tbody tr:last-child { border-bottom: 0; }
  .stacks tbody :is(th, td) { display: block; border: 0; padding: 0; text-align: left; white-space: normal; overflow-wrap: anywhere; min-width: 0; }
  .stacks tbody th { flex: 1 0 100%; }
  .stacks td[data-label]::before { content: attr(data-label) ' '; color: var(--muted); font-size: .86rem; }
  .stacks td:empty { display: none; }
  .stacks td[data-label]:has(button)::before { content: none; }
}
.sparkline { display: block; }
.sparkline-base { stroke: var(--line); fill: none; }
.sparkline-bars { fill: var(--accent); }
.sparkline-open { opacity: .45; }

.tag {
  display: inline-block; padding: .05rem .5rem; border-radius: 99px; font-size: .86rem; font-weight: 600; white-space: nowrap;
  color: var(--muted); background: var(--raised);
}
.state-running, .outcome-caught { color: var(--good); background: var(--good-ground); }
.state-ended, .outcome-undecided { color: var(--muted); background: var(--raised); }
.state-silent, .severity-critical, .outcome-missed { color: var(--critical); background: var(--critical-ground); }
.severity-warning { color: var(--warning); background: var(--warning-ground); }

.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .7rem 1.2rem; }
.facts dt { color: var(--muted); font-size: .86rem; }
.facts dd { overflow-wrap: anywhere; }

.time-chart { display: grid; grid-template-rows: subgrid; grid-row: span 2; min-width: 0; row-gap: .3rem; }
.time-chart figcaption { display: grid; gap: .1rem; align-content: start; }
.chart-title { font-weight: 600; }
.chart-words { color: var(--muted); font-size: .9rem; display: grid; }
.chart-key { stroke: currentcolor; margin-right: .5rem; vertical-align: middle; }
.chart-plot { height: 9.5rem; min-width: 0; }
[data-plot='waiting'], [data-plot='failed'] { position: relative; }
[data-plot='waiting']::before, [data-plot='failed']::before {
  position: absolute; inset: 0; display: grid; place-content: center; padding: 1rem; text-align: center;
  border: 1px dashed var(--line); border-radius: 6px; color: var(--muted); font-size: .9rem;
}
[data-plot='waiting']::before { content: 'drawing …'; }
[data-plot='failed']::before { content: 'This chart could not be drawn. Reload the page.'; }
`;
