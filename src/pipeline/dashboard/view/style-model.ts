// How the model's page looks: facts in a row, a slider with its curve, and shadows as bars of what they agree on.

export const MODEL_STYLE = `
.champion-name { font-size: 1.2rem; padding-bottom: .5rem; }
.model-name code { color: var(--muted); }
.preview-controls { display: flex; flex-wrap: wrap; gap: .9rem 2rem; align-items: end; }
.preview-controls .field:first-child { flex: 4 1 22rem; }
.preview-controls .field:last-child { flex: 1 1 13rem; max-width: 18rem; }
.preview-slider { display: flex; align-items: center; gap: .8rem; flex-wrap: wrap; }
.preview-slider input { flex: 1 1 12rem; padding: 0; accent-color: var(--accent); }
.preview-threshold { min-width: 9rem; font-weight: 600; }
.preview-words { font-size: 1.2rem; font-weight: 650; padding-top: .8rem; }
.preview-evidence { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem 1.6rem; padding-top: .8rem; align-items: start; }
.preview-plot { height: 17rem; }
.preview-evidence .table-scroll { max-height: 17rem; overflow: auto; }
.shadows { display: grid; gap: 1.4rem; }
.shadow { display: grid; gap: .5rem; }
.shadow + .shadow { border-top: 1px solid var(--line); padding-top: 1.2rem; }
.agreement { display: flex; gap: 2px; min-width: 0; }
.agreement li { flex: 1 1 8rem; padding: .3rem .6rem; border-radius: 4px; background: var(--raised); min-width: 8rem; }
.agreement-champion { border-left: 4px solid var(--accent); }
.agreement-shadow { border-left: 4px solid var(--warning); }
.agreement-both { border-left: 4px solid var(--muted); }
.coming { padding: .5rem .8rem; margin-bottom: .7rem; border-left: 4px solid var(--accent); background: var(--raised); border-radius: 4px; }
.muted-lines { display: grid; gap: .5rem; }
.muted-lines li { overflow-wrap: anywhere; }
.switches { display: grid; gap: .5rem; }

@media (max-width: 1000px) { .preview-evidence { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 720px) { .agreement { flex-direction: column; } .agreement li { flex: none; } }
`;
