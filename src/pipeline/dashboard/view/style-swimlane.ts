// How the swimlane looks. Everything that its code places stands in boxes that are placed here.

export const SWIMLANE_STYLE = `
.swimlane-panel { border-radius: 10px; }
.lane-grid { display: grid; grid-template-columns: fit-content(14rem) minmax(0, 1fr); column-gap: .7rem; }
.lane-labels { display: grid; grid-auto-rows: var(--lane-height); min-width: 0; }
.lane-label {
  display: block; min-height: 0; height: var(--lane-height); padding: 0 .4rem; border: 0; background: none; text-align: right;
  color: var(--muted); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; line-height: var(--lane-height);
  border-radius: 5px;
}
.lane-label.loud { color: var(--text); font-weight: 600; }
.lane-label:hover { color: var(--text); }
.lane-label:focus-visible { outline-offset: -2px; }
.lane-plot { position: relative; min-width: 0; cursor: crosshair; touch-action: pan-y; user-select: none; }
.lane-plot canvas { display: block; width: 100%; }
.lane-cursor { position: absolute; border: 2px solid var(--text); border-radius: 3px; pointer-events: none; min-width: 6px; }
.lane-focus {
  position: absolute; top: -2px; bottom: -2px; pointer-events: none; border-radius: 3px;
  background: color-mix(in srgb, var(--accent) 14%, transparent); border: 1px solid var(--accent); border-width: 0 2px;
}
.lane-markers { position: relative; height: 1.1rem; }
.marker { position: absolute; top: .1rem; translate: -50% 0; width: .8rem; height: .8rem; z-index: 1; }
.marker::before { content: ''; position: absolute; inset: .1rem; background: var(--info); rotate: 45deg; border-radius: 1px; }
.marker.model::before { background: var(--warning); rotate: 0deg; border-radius: 50%; }
.marker::after {
  content: ''; position: absolute; top: .8rem; left: 50%; height: calc(var(--lane-height) * var(--lane-count)); width: 0;
  border-left: 1px dashed var(--strong-line); pointer-events: none;
}
.lane-axis { position: relative; height: 1.5rem; color: var(--muted); }
.tick { position: absolute; top: .25rem; translate: -50% 0; font-size: .82rem; white-space: nowrap; }
.tick.first { translate: 0 0; }
.tick.last { translate: -100% 0; }
.tick.day { color: var(--text); font-weight: 600; }
.lane-foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .3rem 1rem; min-height: 1.9rem; }
.lane-readout { color: var(--muted); overflow-wrap: anywhere; }
.lane-table summary { color: var(--muted); cursor: pointer; width: fit-content; }
.heat-key { display: inline-flex; align-items: flex-end; gap: 1px; font-size: .82rem; line-height: 1; }
.swatch { width: .8rem; height: .45rem; }
.swatch.loud { height: .9rem; }
.heat-threshold { padding: 0 .35rem; }
.heat-key > :last-child { margin-right: .3rem; }
.marker-key { display: inline-flex; gap: .9rem; font-size: .82rem; }
.marker-key span { display: inline-flex; gap: .35rem; align-items: center; }
.marker-key .marker { position: relative; top: 0; translate: none; }
.marker-key .marker::after { display: none; }
@media (max-width: 720px) {
  .lane-grid { grid-template-columns: fit-content(6.5rem) minmax(0, 1fr); column-gap: .4rem; }
  .lane-label { padding: 0 .1rem; font-size: .86rem; }
  .swimlane-panel .panel-body { padding: 0 .6rem .6rem; }
}
`;
