// How the report looks: system fonts, the palette of Okabe and Ito (2008) that every kind of sight tells apart,
// light and dark, a phone, and paper.

const LIGHT = `
--paper:#fff;--raised:#f6f7f9;--ink:#1a1d21;--soft:#555d66;--faint:#dde1e6;--link:#0060a0;
--main:#0072b2;--other:#e69f00;--good:#007a56;--bad:#c2410c;--quiet:#8a939c;`;
const DARK = `
--paper:#14171a;--raised:#1d2125;--ink:#e6e9ec;--soft:#a3acb5;--faint:#33393f;--link:#7cc4f5;
--main:#56b4e9;--other:#e6b84d;--good:#3ecf9c;--bad:#ff8f5a;--quiet:#7d8790;`;

export const PAGE_STYLE = `
:root{color-scheme:light dark;${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
.page{max-width:1180px;margin:0 auto;padding:1.5rem 1.25rem 4rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--other);outline-offset:2px;border-radius:2px}
.skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:1rem;background:var(--paper);padding:.5rem 1rem;z-index:1}
h1{font-size:2rem;line-height:1.15;margin:0;letter-spacing:-.02em}
h2{font-size:1.35rem;line-height:1.25;margin:0 0 .75rem;letter-spacing:-.01em}
h3{font-size:1.05rem;margin:0 0 .25rem}
h4{font-size:.9rem;margin:1rem 0 .25rem}
h3 small{font-weight:400;color:var(--soft);font-size:.85rem;margin-left:.35rem}
section{margin:2.75rem 0 0;scroll-margin-top:1rem}
.kicker{margin:0;color:var(--soft);font-size:.85rem}
.meta,.hint{color:var(--soft);font-size:.9rem;margin:.25rem 0 .75rem}
.lead{font-size:1.15rem;line-height:1.5;margin:0 0 1.25rem;max-width:46em}
nav ol{list-style:none;margin:0 0 1.5rem;padding:0;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;font-size:.9rem}
nav a{display:inline-block;padding:.15rem 0;text-decoration:none}nav a:hover{text-decoration:underline}
.card .pair{grid-template-columns:minmax(0,2fr) minmax(0,3fr)}
@media (max-width:860px){.card .pair{grid-template-columns:minmax(0,1fr)}}
@media (min-width:1100px){.page{display:grid;grid-template-columns:180px minmax(0,1fr);gap:3rem}nav ol{position:sticky;top:2rem;flex-direction:column}}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:0;margin:0 0 1.25rem;border:1px solid var(--faint);border-radius:8px;overflow:hidden}
.tiles div{box-shadow:0 0 0 .5px var(--faint);padding:.8rem 1rem}
.tiles dt{color:var(--soft);font-size:.82rem}.tiles dd{margin:0;font-size:1.55rem;line-height:1.25;font-variant-numeric:tabular-nums}
.tiles small{display:block;font-size:.78rem;color:var(--soft);line-height:1.35;margin-top:.15rem}
.notes{background:var(--raised);border-left:4px solid var(--other);border-radius:0 8px 8px 0;padding:.75rem 1rem .75rem 2rem;margin:0 0 1.25rem;font-size:.93rem}
.notes li+li,.reasons li+li,.checks li+li{margin-top:.3rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,380px),1fr));gap:1.25rem 2rem;align-items:start}
table{border-collapse:collapse;width:100%;font-size:.88rem;font-variant-numeric:tabular-nums;margin:0 0 1rem}
caption{text-align:left;font-weight:600;padding:0 0 .35rem;font-size:.9rem}
th,td{text-align:left;padding:.32rem .7rem .32rem 0;border-bottom:1px solid var(--faint);vertical-align:top;font-weight:400}
th:last-child,td:last-child{padding-right:0}
th[scope=row]{min-width:8.5em}
thead th{color:var(--soft);font-size:.8rem;vertical-align:bottom}
.number{text-align:right;white-space:nowrap}
.share{display:inline-flex;align-items:center;gap:.5rem;white-space:nowrap}
.share-bar{width:56px;height:8px;border-radius:4px;background:var(--faint);overflow:hidden;display:inline-block}
.share-bar span{display:block;height:100%;background:var(--main)}
figure{margin:0 0 1rem;min-width:0;max-width:500px}
figcaption{font-size:.82rem;color:var(--soft)}
.chart{display:block;width:100%;height:auto;font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
.chart text{fill:var(--soft)}.chart .middle{text-anchor:middle}.chart .end{text-anchor:end}
.chart .axis-label{font-weight:600}
.chart path{fill:none}.grid{stroke:var(--faint)}.axis{stroke:var(--quiet)}
.line{stroke-width:2;stroke-linejoin:round}.dashed{stroke-dasharray:6 4}
.line.main{stroke:var(--main)}.line.other{stroke:var(--other)}.line.good{stroke:var(--good)}.line.bad{stroke:var(--bad)}.line.quiet{stroke:var(--quiet)}
.bar.main,.mark.main{fill:var(--main)}.bar.other,.mark.other{fill:var(--other)}.bar.bad,.mark.bad{fill:var(--bad)}.bar.quiet{fill:var(--quiet)}
.mark{stroke:var(--paper);stroke-width:2}
.band{opacity:.28}.band.other{fill:var(--other)}.band.bad{fill:var(--bad)}
.key{display:inline-block;max-width:100%;margin-right:.6rem}
.key::before{content:"";display:inline-block;width:1.1em;height:0;border-top:3px solid;vertical-align:.25em;margin-right:.35em}
.key.dashed::before{border-top-style:dashed}.key.dot::before{width:.7em;height:.7em;border:0;border-radius:50%;background:currentColor;vertical-align:-.02em}
.key.block::before{height:.8em;border:0;background:currentColor;opacity:.4;vertical-align:-.05em}
.key.main::before{color:var(--main)}.key.other::before{color:var(--other)}.key.bad::before{color:var(--bad)}.key.quiet::before{color:var(--quiet)}
.card{background:var(--raised);border-radius:10px;border-left:5px solid var(--other);padding:1rem 1.25rem;margin:0 0 1.25rem}
.card.false{border-left-color:var(--bad)}
.reasons{margin:.25rem 0 1rem;padding-left:1.1rem;font-size:.95rem}
.tag{display:inline-block;font-size:.75rem;font-weight:600;border:1px solid currentColor;border-radius:4px;padding:0 .4em;color:var(--soft);vertical-align:.08em}
details{margin:.5rem 0}
summary{cursor:pointer;color:var(--link);font-size:.92rem;padding:.2rem 0}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.87em}
.log{display:block;white-space:pre-wrap;direction:ltr;unicode-bidi:isolate;overflow-wrap:anywhere;line-height:1.4}
.log.example{color:var(--soft)}
.templates,.lines,.checks{list-style:none;margin:0 0 .5rem;padding:0;font-size:.9rem}
.templates li,.lines li{padding:.3rem 0;border-top:1px solid var(--faint)}
.templates br,.lines br{display:none}
.lines .meta{font-size:.78rem;margin:0}
.checks li{padding:.1rem 0}
.verdict{display:inline-block;font-size:.82rem;font-weight:600;white-space:nowrap;min-width:4.2em}
.verdict.pass{color:var(--good)}.verdict.fail{color:var(--bad)}
.facts{margin:0;font-size:.92rem}
.facts div{display:grid;grid-template-columns:7.5rem minmax(0,1fr);gap:0 1rem;padding:.45rem 0;border-top:1px solid var(--faint)}
.facts dt{color:var(--soft)}.facts dd{margin:0}
.file{display:block}.hash{color:var(--soft);word-break:break-all}
@media (max-width:640px){
.page{padding:1rem 1rem 3rem}h1{font-size:1.6rem}.lead{font-size:1.05rem}
.card{padding:.8rem .9rem}.facts div{grid-template-columns:1fr}
.stacks thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.stacks,.stacks tbody,.stacks th[scope=row],.stacks caption{display:block}
.stacks tr{border-bottom:1px solid var(--faint);padding:.4rem 0;display:grid;grid-template-columns:1fr 1fr;gap:.1rem 1.25rem}
.stacks th[scope=row]{grid-column:1/-1;font-weight:600}
.stacks th,.stacks td{border:0;padding:0}.stacks td{display:flex;justify-content:space-between;gap:.5rem;text-align:right;white-space:normal}
.stacks td::before{content:attr(data-label);color:var(--soft);text-align:left}
.share-bar{width:28px}th[scope=row]{min-width:6.5em}th,td{padding-right:.5rem}
}
@media print{
:root{color-scheme:light;${LIGHT}}
body{font-size:10pt}.page{display:block;max-width:none;padding:0}nav,.skip{display:none}
section{margin-top:1.5rem}h2,h3,h4,caption,summary{break-after:avoid}
figure,tr,.templates li,.lines li,.tiles,.reasons,.card .pair{break-inside:avoid}thead{break-after:avoid}
.card{background:none;border:1px solid var(--faint);border-left:5px solid var(--other)}
details:not(.bulk)::details-content{content-visibility:visible;display:block;height:auto}
.bulk{display:none}.pair{grid-template-columns:1fr 1fr}.card .pair{grid-template-columns:2fr 3fr}a{color:inherit;text-decoration:none}
}
`;
