/** The style sheet of a report: system fonts, readable at 360 px and on A4, no address in it. */
export const STYLESHEET = `
:root { color-scheme: light dark; --ink: #1b1f24; --muted: #5b6570; --line: #d5dae0; --paper: #ffffff; --shade: #f4f6f8; --accent: #0b5c94; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", sans-serif; overflow-wrap: break-word; }
main, header.title, nav, footer { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
main > section > p, main > section > ul, header.title p { max-width: 46rem; }
.banner { margin: 0; padding: .55rem 1.25rem; text-align: center; font-size: .875rem; background: #1b1f24; color: #ffffff; }
.banner.simulated { background: #f0c419; color: #1b1f24; font-weight: 700; letter-spacing: .02em; }
header.title { padding-top: 2.25rem; }
.kicker { margin: 0; color: var(--muted); font-size: .875rem; }
h1 { margin: .2rem 0 .8rem; font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.15rem); line-height: 1.2; letter-spacing: -.01em; text-wrap: balance; }
h2 { margin: 3rem 0 .9rem; padding-top: .9rem; border-top: 2px solid var(--ink); font-size: 1.35rem; line-height: 1.25; }
h3 { margin: 2.2rem 0 .6rem; font-size: 1.075rem; line-height: 1.3; }
p { margin: 0 0 .9rem; }
a { color: var(--accent); text-underline-offset: .15em; }
nav { margin-top: 1.2rem; font-size: .875rem; }
nav ol { display: flex; flex-wrap: wrap; gap: .2rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.summary { max-width: none; margin: 1.5rem 0 0; padding: 1.1rem 1.4rem; background: var(--shade); border-left: 4px solid var(--accent); }
.summary h2 { margin: 0 0 .6rem; padding: 0; border: 0; font-size: 1.1rem; }
.summary ul { margin: 0; padding-left: 1.1rem; }
.summary li { margin: .35rem 0; }
.table { margin: 1.6rem 0 2rem; }
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
table { border-collapse: collapse; min-width: 100%; font-size: .875rem; line-height: 1.35; font-variant-numeric: tabular-nums; }
table.wide { font-size: .78rem; }
table.wide td, table.wide th { padding-left: .35rem; }
caption { padding: 0 0 .5rem; text-align: left; font-size: .9375rem; }
caption strong { display: inline-block; position: sticky; left: 0; max-width: calc(100vw - 2.5rem); }
thead th { vertical-align: bottom; border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); font-weight: 600; }
tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
th, td { padding: .32rem .6rem .32rem 0; text-align: left; vertical-align: top; font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: pre; }
thead .number { white-space: pre-line; }
.number + .text { padding-left: 1rem; }
tbody th { min-width: 9rem; }
tr.part th { padding-left: 1.2rem; color: var(--muted); }
tr.row > * { border-top: 1px solid var(--line); }
tr.heading th { padding-top: .7rem; font-weight: 600; border-top: 1px solid var(--line); }
tr.heading + tr.row > * { border-top: 0; }
.note { max-width: 60rem; margin: .5rem 0 0; color: var(--muted); font-size: .8125rem; line-height: 1.45; }
figure { margin: 1.8rem 0 2.2rem; }
figcaption { max-width: 46rem; margin-top: .6rem; font-size: .875rem; line-height: 1.45; }
.drawing { background: #ffffff; }
.drawing svg { display: block; width: 100%; height: auto; }
.panel .drawing { overflow-x: auto; }
.panels { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0 2rem; align-items: start; }
.panel .drawing svg[width="440"] { max-width: 29rem; }
.panel .drawing svg[width="680"] { min-width: 34rem; max-width: 46rem; }
details { margin-top: .6rem; font-size: .875rem; }
summary { cursor: pointer; color: var(--accent); }
details.data table { font-size: .8125rem; }
details.data .scroll { max-height: 20rem; overflow: auto; }
details.data caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
table.data td { padding: .15rem 1rem .15rem 0; text-align: right; }
table.data td.text { text-align: left; }
.files { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0; }
.findings { padding: 0; list-style: none; }
.findings li { margin: 0 0 .5rem; padding: .45rem .8rem; border-left: 4px solid #0072B2; background: var(--shade); }
.findings li.warning { border-color: #E69F00; }
.findings li.error { border-color: #D55E00; }
.findings.lamp li.amber { border-color: #E69F00; }
.findings.lamp li.red { border-color: #D55E00; }
.lamps { padding: 0; list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: .8rem; }
main > section > ul.lamps { max-width: none; }
.lamps li { padding: .6rem .9rem; border-left: 6px solid #009E73; background: var(--shade); font-size: .875rem; line-height: 1.45; }
.lamps li.amber { border-left-style: double; border-color: #E69F00; }
.lamps li.red { border-left-width: 12px; border-color: #D55E00; }
.lamps a { display: block; margin-bottom: .2rem; color: inherit; font-weight: 600; font-size: 1rem; text-decoration: none; }
.light { display: inline-block; min-width: 4.2em; font-weight: 700; }
.severity { font-weight: 700; }
code { font: .8125em ui-monospace, "SF Mono", Menlo, Consolas, monospace; color: var(--muted); overflow-wrap: anywhere; }
dl.facts { display: grid; grid-template-columns: minmax(9rem, max-content) 1fr; gap: .3rem 1.5rem; margin: 0 0 1.2rem; font-size: .875rem; }
dl.facts dt { color: var(--muted); }
dl.facts dd { margin: 0; overflow-wrap: anywhere; }
footer { margin: 3rem auto 2rem; color: var(--muted); font-size: .8125rem; }
@media (max-width: 34rem) {
  dl.facts { grid-template-columns: 1fr; gap: 0; }
  dl.facts dd { margin-bottom: .5rem; }
}
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --muted: #a7b0ba; --line: #3a424b; --paper: #16191d; --shade: #20252b; --accent: #7cc0f2; }
  .drawing { padding: .5rem; border-radius: 4px; }
}
@page { size: A4; margin: 18mm 16mm; }
@media print {
  :root { color-scheme: light; }
  html { font-size: 9.5pt; }
  body { font-size: 1rem; line-height: 1.4; }
  main, header.title, nav, footer { max-width: none; padding: 0; }
  header.title { padding-top: 5mm; }
  main > section > p, main > section > ul, header.title p, figcaption, .note { max-width: none; }
  .banner { border: 1px solid #1b1f24; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, details.data { display: none; }
  details.model::details-content { content-visibility: visible; display: block; block-size: auto; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h3 + p, caption { break-after: avoid; }
  h2 { margin-top: 8mm; }
  h3 { margin-top: 5mm; }
  figure, tr, .short, .findings li, .lamps li, .summary { break-inside: avoid; }
  tr.heading { break-after: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  table { font-size: 7.2pt; }
  table.wide { font-size: 6.2pt; }
  caption { font-size: 9pt; }
  caption strong { position: static; max-width: none; }
  .table { margin: 4mm 0; }
  figure { margin: 4mm 0; }
  th, td { padding: 1.6pt 4pt 1.6pt 0; }
  tbody th { min-width: 0; }
  .panels { grid-template-columns: repeat(3, 1fr); gap: 3mm; }
  .pair { grid-template-columns: 1fr 1fr; gap: 0 6mm; }
  .panel .drawing svg[width="440"] { max-width: 85mm; }
  .panel .drawing svg[width="680"] { min-width: 0; max-width: 160mm; }
}
`;
