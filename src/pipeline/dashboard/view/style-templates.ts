// How the list of templates looks: a table where there is room, and a stack of cards on a phone.

export const TEMPLATES_STYLE = `
.view-templates .panel-tools { min-width: 0; }
.view-templates .panel-tools select, .view-templates .panel-tools input { min-width: 0; max-width: 100%; }
.view-templates .panel-tools select { max-width: min(100%, 16rem); }
.templates-summary { padding-bottom: .4rem; }
.templates-table { table-layout: auto; }
.templates-table thead th { position: sticky; top: 2.95rem; z-index: 2; background: var(--surface); }
.templates-table tbody tr:hover { background: var(--raised); }
.templates-table tbody th { font-weight: 400; width: 60%; }
.templates-table td { white-space: nowrap; }
.templates-table tbody > tr > * { vertical-align: middle; }
.template-actions button { color: var(--muted); }
.templates-table tr:hover .template-actions button, .template-actions button:focus-visible { color: var(--accent); }
.templates-table .sort {
  border: 0; background: none; padding: 0; min-height: 0; color: inherit; font-weight: inherit; font-size: inherit;
}
.templates-table .sort:hover { color: var(--text); text-decoration: underline; }
.templates-table .sort::after { content: '↕'; opacity: .45; padding-left: .25rem; }
.templates-table th[aria-sort] { color: var(--text); }
.templates-table th[aria-sort='descending'] .sort::after { content: '↓'; opacity: 1; }
.templates-table th[aria-sort='ascending'] .sort::after { content: '↑'; opacity: 1; }
.templates-table summary { cursor: pointer; overflow-wrap: anywhere; }
.templates-table summary::marker { color: var(--muted); }
.template-services { color: var(--muted); padding-left: 1rem; }
.more-services { font-size: inherit; padding: 0 .3rem; min-height: 0; }
.template-services:empty { display: none; }
.template-hole { color: var(--muted); background: var(--raised); border-radius: 3px; }
.template-more { display: grid; gap: .35rem; padding: .5rem 0 .3rem 1rem; }
.template-more pre {
  background: var(--raised); border-radius: 6px; padding: .5rem .7rem; max-height: 14rem; overflow: auto;
}
.template-more .label { color: var(--muted); font-size: .86rem; }
.template-time { color: var(--muted); }
.status-new { color: var(--info); background: var(--info-ground); }
.status-changed { color: var(--warning); background: var(--warning-ground); }
.status-gone { color: var(--critical); background: var(--critical-ground); }
.status-steady { color: var(--muted); background: none; font-weight: 400; padding-left: 0; }
.templates-more { padding-top: .7rem; }

/* by the room there is for the type there is: twice as large a type needs the cards on a desk, too */
.view-templates .panel-body { container-type: inline-size; }
@container (max-width: 64rem) {
  .templates-table thead { display: flex; flex-wrap: wrap; gap: .2rem .9rem; }
  .templates-table thead tr { display: contents; }
  .templates-table thead th { position: static; border: 0; padding: .2rem 0; }
  .templates-table thead th:not(:has(button)) { display: none; }
  .templates-table, .templates-table tbody { display: block; }
  .templates-table tbody tr {
    display: grid; grid-template-columns: 7rem minmax(0, 1fr) max-content; align-items: center; gap: .25rem .9rem;
    padding: .6rem 0; border-bottom: 1px solid var(--line);
  }
  .templates-table tbody th, .templates-table tbody td { border: 0; padding: 0; text-align: left; }
  .templates-table tbody th { grid-column: 1 / -1; width: auto; }
  .templates-table tbody .template-time { grid-row: 4; grid-column: 1 / 3; }
  .templates-table tbody .template-time + .template-time { grid-row: 3; grid-column: 3; }
  .templates-table tbody .template-actions { grid-row: 4; grid-column: 3; }
  .templates-table td[data-label]::before { content: attr(data-label) ' '; color: var(--muted); font-size: .86rem; }
}
`;
