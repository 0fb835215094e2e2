// How the pipeline's health looks: one loud sentence, then calm figures.

export const HEALTH_STYLE = `
.verdict { display: grid; gap: .2rem; padding: .7rem .9rem; border-radius: 8px; border-left: 4px solid var(--muted); background: var(--raised); }
.verdict-title { font-size: 1.2rem; font-weight: 650; }
.verdict code, .problem code { background: var(--surface); padding: .1rem .4rem; border-radius: 4px; overflow-wrap: anywhere; }
.tone-good { background: var(--good-ground); border-left-color: var(--good); }
.tone-good .verdict-title { color: var(--good); }
.tone-poor { background: var(--warning-ground); border-left-color: var(--warning); }
.tone-poor .verdict-title { color: var(--warning); }
.tone-bad { background: var(--critical-ground); border-left-color: var(--critical); }
.tone-bad .verdict-title { color: var(--critical); }
.problems { display: grid; gap: .5rem; padding-top: .8rem; }
.problem { display: grid; grid-template-columns: 5rem 1fr; gap: .6rem; align-items: start; }
.problem.severity-critical, .problem.severity-warning { background: none; color: inherit; }
.problem .tag { justify-self: start; }
.chart-grid { display: grid; grid-template-columns: repeat(6, minmax(0, 1fr)); gap: 1.1rem 1.6rem; }
.chart-grid > * { grid-column: span 2; }
.chart-grid > :nth-child(-n + 2) { grid-column: span 3; }
.stages { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1rem 1.6rem; align-items: start; }
.stages .chart-plot { height: 17rem; }
.stage-choice { border: 0; background: none; padding: .1rem .4rem; margin-left: -.4rem; min-height: 1.75rem; text-align: left; font-weight: 400; }
.stages .time-chart { grid-row: auto; grid-template-rows: auto auto; position: sticky; top: 4rem; }
.health-parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(38rem, 100%), 1fr)); gap: 1.3rem 1.8rem; }
.health-part { display: grid; gap: .4rem; align-content: start; min-width: 0; }

@media (min-width: 2200px) {
  .chart-grid { grid-template-columns: repeat(5, minmax(0, 1fr)); }
  .chart-grid > :nth-child(n) { grid-column: auto; }
}
@media (max-width: 1000px) {
  .chart-grid { grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); }
  .chart-grid > :nth-child(n) { grid-column: auto; }
  .stages { grid-template-columns: minmax(0, 1fr); }
  .stages .time-chart { position: static; }
}
@media (max-width: 720px) { .stage-trend { display: none; } .problem { grid-template-columns: 1fr; gap: .2rem; } }
`;
