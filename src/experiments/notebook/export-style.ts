// How an exported notebook looks: the report's page, with prose, code and outputs.
import { PAGE_STYLE } from '../report/page-style.js';

const LIGHT = '--keyword:#0060a0;--string:#007a56;--number:#a3450b;--comment:#6a737c;--name:#6b3fa0;';
const DARK = '--keyword:#7cc4f5;--string:#5fd3a8;--number:#f0a868;--comment:#8f99a3;--name:#c4a7f0;';

export const EXPORT_STYLE = `${PAGE_STYLE}
:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root{${DARK}}}
main{min-width:0}
main>h1{margin:0 0 .75rem}
main>h2{margin:2.75rem 0 .6rem;scroll-margin-top:1rem}
main>h3{margin:1.75rem 0 .4rem;scroll-margin-top:1rem}
main>p,main>ul,main>ol,main>blockquote{max-width:44em;margin:.6rem 0}
main>blockquote{border-left:4px solid var(--faint);padding-left:1rem;color:var(--soft)}
@media (min-width:1100px){nav .deeper{padding-left:.9rem}}
pre{margin:.75rem 0;overflow:auto;font:.84rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre code{font-size:1em}
pre.code{background:var(--raised);border-radius:8px;padding:.7rem .9rem;margin:1.25rem 0 .5rem}
details.long{margin:1.25rem 0 .5rem}
details.long pre.code{margin-top:.25rem}
pre.printed,pre.said,pre.failed{max-height:32rem;padding:.1rem .9rem;white-space:pre-wrap;overflow-wrap:anywhere}
pre.said{border-left:4px solid var(--other)}
pre.failed{border-left:4px solid var(--bad)}
.hljs-keyword,.hljs-literal,.hljs-built_in{color:var(--keyword)}
.hljs-string,.hljs-regexp,.hljs-char{color:var(--string)}
.hljs-number{color:var(--number)}
.hljs-comment,.hljs-doctag{color:var(--comment);font-style:italic}
.hljs-title,.hljs-type{color:var(--name)}
.shown{overflow-x:auto;margin:.75rem 0}
.shown table,main>table{width:auto;min-width:min(100%,24rem)}
.shown th,.shown td,main>table th,main>table td{padding-right:1.4rem;overflow-wrap:normal}
.shown td{max-width:34rem}
.shown p{color:var(--soft);font-size:.85rem;margin:0}
figure.plot,figure.picture{max-width:none;overflow-x:auto;overflow-y:hidden;margin:.75rem 0 1.25rem}
figure img{display:block;max-width:min(100%,860px);height:auto}
@media (prefers-color-scheme:dark){figure img{border-radius:8px}}
.is-drawn>img,.is-drawn>.words{display:none}
.drawn{width:100%}
@media print{
pre{white-space:pre-wrap;overflow:visible}pre.printed,pre.said,pre.failed{max-height:none}
:root{${LIGHT}}
.plot .drawn{display:none}.is-drawn>img{display:block}
details.long{display:none}
figure.plot,.shown tr{break-inside:avoid}
}
`;
