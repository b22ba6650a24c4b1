/** What the leak laboratory's page has beside the style sheet of reports. */
export const LEAK_STYLESHEET = `
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; margin: 1.2rem 0; }
.steps { padding: .8rem 1.1rem; background: var(--shade); border-left: 4px solid #0072B2; }
.steps.mistake { border-color: #D55E00; }
.steps h4 { margin: 0 0 .4rem; font-size: .9375rem; }
.steps ol { margin: 0; padding-left: 1.3rem; }
.steps code { color: var(--ink); }
.refusal { margin: 1rem 0; padding: .7rem 1.1rem; background: var(--shade); border-left: 4px solid var(--ink); overflow-wrap: anywhere; }
.panels { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
table.leak-lamps { margin: 1.2rem 0 1.6rem; }
table.leak-lamps td p { margin: 0 0 .3rem; }
.leak-lamp { white-space: nowrap; }
.leak-lamp::before { content: ""; display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: 50%; vertical-align: -.05em; background: #009E73; }
.leak-lamp.amber::before { background: #E69F00; border-radius: 0; }
.leak-lamp.red::before { background: #C62828; clip-path: polygon(50% 0, 100% 100%, 0 100%); border-radius: 0; }
@media print { .leak-lamp::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .panels { grid-template-columns: 1fr 1fr; } }
`;
