// How live quality looks: large figures, each with the width of what is not known about it.

export const QUALITY_STYLE = `
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .9rem; padding-bottom: 1rem; }
.tile { display: grid; gap: .25rem; align-content: start; padding: .7rem .9rem; border: 1px solid var(--line); border-radius: 8px; }
.tile-figure { font-size: 1.9rem; font-weight: 650; line-height: 1.15; }
.interval { width: 100%; height: 14px; }
.interval-track { fill: var(--raised); }
.interval-band { fill: var(--band); }
.interval-value { fill: var(--accent); }
`;
