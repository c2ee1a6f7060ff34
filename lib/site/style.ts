/** The style sheet of every page; it is stored once, under a name made of its hash. */
export const STYLE = `:root{color-scheme:light dark;--ink:#14202b;--muted:#465564;--page:#fff;--panel:#f2f5f7;--link:#0a52a3;--line:#cdd6dd;--conflict:#882837}
@media (prefers-color-scheme:dark){:root{--ink:#e8eef3;--muted:#a9b7c4;--page:#0f161c;--panel:#17212a;--link:#8abfff;--line:#33424f;--conflict:#f4727f}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 "Public Sans",system-ui,sans-serif;color:var(--ink);background:var(--page)}
main,header,footer{max-width:76rem;margin:0 auto;padding:1rem 1.25rem}
h1{font-size:clamp(1.875rem,5vw,2.875rem);line-height:1.1;margin:1.5rem 0 1rem;max-width:24em;text-wrap:balance}
h2{font-size:1.6875rem;line-height:1.2;margin:3rem 0 .75rem}
h3{font-size:1.125rem;margin:1.75rem 0 .25rem}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.lead{font-size:1.1875rem;color:var(--muted);max-width:42em}
.muted{color:var(--muted)}
.facts{display:flex;flex-wrap:wrap;gap:1rem 2.25rem;margin:1.5rem 0}
.facts dt{color:var(--muted);font-size:.875rem}
.facts dd{margin:0;font-weight:600}
.panel{background:var(--panel);border-radius:.5rem;padding:1.25rem}
.panel h2{margin-top:0;font-size:1.1875rem}
nav ul{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;list-style:none;padding:0;margin:2rem 0 0;border-block:1px solid var(--line);padding:.75rem 0}
.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.6rem .75rem .6rem 0;border-bottom:1px solid var(--line)}
thead th{border-bottom:2px solid var(--ink);font-size:.9375rem}
td.number{text-align:right;font-variant-numeric:tabular-nums}
code,pre{font-family:"Atkinson Hyperlegible Mono",ui-monospace,monospace;font-size:.9375em;overflow-wrap:anywhere}
pre{background:var(--panel);padding:1rem;border-radius:.5rem;overflow-x:auto;white-space:pre-wrap}
blockquote{margin:.25rem 0;font-style:italic}
.neq{color:var(--conflict);font-weight:600}
.conflict{border-top:1px solid var(--line);padding:.75rem 0}
.conflict ul{list-style:none;padding:0;margin:.5rem 0}
.conflict li{padding:.5rem .75rem;border-left:4px solid var(--line);margin:.5rem 0}
.conflict li.preferred{border-left-color:var(--link)}
.banner{border:2px solid var(--conflict);border-radius:.5rem;padding:.75rem 1rem;margin:1rem 0}
.deprecated .value{text-decoration:line-through}
:target{background:var(--panel)}
@media print{nav{display:none}a{color:inherit}}
`;
