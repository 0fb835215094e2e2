// Colours, type and controls that every view shares. Every text colour stands at 4.5 to 1 or better on its ground, light
// and dark; what matters is told by shape or word too, never by colour alone.

const LIGHT = `
  --ground: #f4f6f8; --surface: #ffffff; --raised: #eef1f5; --line: #d9dfe7; --strong-line: #8793a3;
  --text: #18212c; --muted: #526072; --accent: #1b5fc1; --on-accent: #ffffff; --accent-ground: #e4edfb;
  --critical: #b42318; --critical-ground: #fdeceb; --warning: #8a5100; --warning-ground: #fdf1dd;
  --info: #2c5b93; --info-ground: #e7eff9; --good: #1b6b3d; --good-ground: #e4f4ea;
  --lane-empty: #e6eaf0; --band: #c9dcf5; --actual: #b42318; --shadow: 0 8px 30px rgb(16 24 40 / 18%);`;

const DARK = `
  --ground: #0e131a; --surface: #151c25; --raised: #1d2632; --line: #2b3644; --strong-line: #66758a;
  --text: #e6ebf2; --muted: #9dabbd; --accent: #82b1ff; --on-accent: #08182f; --accent-ground: #1b2d4a;
  --critical: #ff8f85; --critical-ground: #3a1a1b; --warning: #f3b860; --warning-ground: #35280f;
  --info: #8fbcf0; --info-ground: #182a40; --good: #74d29b; --good-ground: #122c1e;
  --lane-empty: #1c2530; --band: #24405f; --actual: #ff8f85; --shadow: 0 8px 30px rgb(0 0 0 / 55%);`;

export const BASE_STYLE = `
.loading { padding: 1rem; color: var(--muted); }
:root { color-scheme: light; ${LIGHT} }
:root[data-theme='dark'] { color-scheme: dark; ${DARK} }
@media (prefers-color-scheme: dark) { :root:not([data-theme]) { color-scheme: dark; ${DARK} } }

*, *::before, *::after { box-sizing: border-box; }
/* 14, 16 and 22 px, unless the viewer's browser is set to larger type */
html { font-size: 87.5%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, h3, p, ol, ul, dl, dd, figure { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h2 { font-size: 1rem; font-weight: 650; }
h3 { font-size: .93rem; font-weight: 650; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; font-size: .9em; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
small { font-size: .86rem; color: var(--muted); }
[hidden], :root[data-read-only] .writes { display: none !important; }
.visually-hidden {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
h1:focus, main:focus { outline: none; }
.number { text-align: right; }

button, select, input, textarea {
  font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--strong-line); border-radius: 6px;
  padding: .25rem .6rem; min-height: 2rem;
}
button { cursor: pointer; }
button:hover { background: var(--raised); }
button:disabled { opacity: .55; cursor: default; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
button.quiet { border-color: transparent; background: none; color: var(--accent); padding: .15rem .4rem; min-height: 1.75rem; }
button.quiet:hover { background: var(--raised); }
button[aria-pressed='true'] { background: var(--accent-ground); border-color: var(--accent); color: var(--accent); font-weight: 600; }
input::placeholder { color: var(--muted); opacity: 1; }
textarea { width: 100%; resize: vertical; }

table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--muted); font-weight: 600; font-size: .86rem; white-space: nowrap; }
tbody th { font-weight: 600; }
th.number, td.number { text-align: right; }
/* relative: what only a screen reader sees would else stick out of the page where the table is wider than it */
.scroll { overflow-x: auto; position: relative; }

.panel { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; min-width: 0; }
.panel-head { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1rem; padding: .6rem .9rem; }
.panel-tools { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem .8rem; margin-left: auto; color: var(--muted); }
.panel-body { padding: 0 .9rem .9rem; min-width: 0; }
.panel-message { padding: .4rem .9rem 1.4rem; color: var(--muted); display: grid; gap: .6rem; justify-items: start; }
.panel-message.failed { color: var(--critical); }

dialog {
  border: 1px solid var(--line); border-radius: 12px; padding: 1.2rem 1.3rem; background: var(--surface); color: var(--text);
  box-shadow: var(--shadow); width: min(34rem, calc(100vw - 2rem));
}
dialog::backdrop { background: rgb(8 12 18 / 45%); }
dialog form { display: grid; gap: .9rem; }
dialog h2 { font-size: 1.15rem; }
.dialog-buttons { display: flex; justify-content: flex-end; gap: .6rem; }
.field { display: grid; gap: .25rem; min-width: 0; flex: 1 1 12rem; align-content: start; }
.field label { font-weight: 600; }
.field > input, .field > select { width: 100%; }
.field-row { display: flex; flex-wrap: wrap; gap: .9rem; }
.check { display: flex; gap: .5rem; align-items: baseline; }
.check input { min-height: 0; }
.check code { overflow-wrap: anywhere; }
.complaint { color: var(--critical); }
.hint { color: var(--muted); }

@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
@media (pointer: coarse) { button, select, input { min-height: 2.5rem; } }
@media (min-width: 2200px) { html { font-size: 100%; } }
@media (min-width: 3400px) { html { font-size: 137.5%; } }
`;
