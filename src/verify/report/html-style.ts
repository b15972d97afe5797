// The look of the HTML report: the reader's light or dark, system fonts, contrast of at least 4.5 to 1 for every text.

export const style = `
:root { color-scheme: light dark; --page: #ffffff; --card: #f6f7f9; --line: #d5d9e0; --text: #1b1f24; --soft: #565e6a;
  --good: #116329; --error: #b3121d; --warning: #7a4b00; --information: #0b57a4; --accent: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --page: #15181d; --card: #1e232a; --line: #39414d; --text: #e6e9ee; --soft: #a6afbc;
  --good: #5ccb77; --error: #ff8a84; --warning: #e9b44c; --information: #7cb8ff; --accent: #7cb8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
footer { margin-top: 2rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .35rem 0; overflow-wrap: anywhere; }
code { font: .92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
.verdict { display: inline-block; border: 1.5px solid currentColor; border-radius: 999px; padding: .05rem .7rem; font-weight: 600; margin-right: .5rem; }
.accepted, .passed { color: var(--good); }
.rejected, .error { color: var(--error); }
.warning { color: var(--warning); }
.information { color: var(--information); }
.suppressed, .skipped { color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding-bottom: .35rem; }
th, td { text-align: left; padding: .35rem .9rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--soft); font-weight: 500; }
tbody th { font-weight: 600; } tbody th .soft { font-weight: 400; }
.number { text-align: right; }
article { border: 1px solid var(--line); border-left: 4px solid currentColor; border-radius: 6px; background: var(--card); padding: .75rem 1rem; margin: 0 0 .75rem; }
article > * { color: var(--text); }
article h3 span { font-weight: 500; }
article h3 .error { color: var(--error); } article h3 .warning { color: var(--warning); }
article h3 .information { color: var(--information); } article h3 .suppressed { color: var(--soft); }
article .soft, article .evidence { color: var(--soft); }
svg { display: block; max-width: 100%; height: auto; margin: .5rem 0 1rem; }
svg text { font: 12px system-ui, "Segoe UI", Roboto, sans-serif; fill: var(--text); }
svg .tick { text-anchor: middle; fill: var(--soft); } svg .name { text-anchor: end; }
svg .grid { stroke: var(--line); } svg .interval, svg .end { stroke: var(--accent); stroke-width: 2; }
svg .score { fill: var(--accent); } svg .best { stroke: var(--good); stroke-dasharray: 4 3; stroke-width: 1.5; }
:root { --figure-first: var(--accent); --figure-second: #b35900; --figure-good: var(--good); }
@media (prefers-color-scheme: dark) { :root { --figure-second: #ffb066; } }
figure { margin: 0 0 2rem; } svg.figure-plot { overflow: visible; } .figure-plot text { white-space: pre; } summary { cursor: pointer; }
ul.pictures { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 1rem; } .pictures li { display: flex; flex-direction: column; }
@media print { article { break-inside: avoid; } }
`;
