/** The style sheet of a report page. */
export const HTML_STYLE: string = `:root { color-scheme: light dark; --ink: #1f2328; --muted: #59636e; --line: #d8dce1; --page: #fdfdfd; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8eb; --muted: #a3adb8; --line: #3a4048; --page: #16181c; } }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; margin: 0.5rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1.2rem; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
th, td { padding: 0.25rem 0.9rem 0.25rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th.number, td.number { text-align: right; white-space: nowrap; padding: 0.25rem 0 0.25rem 1.2rem; }
.note, figcaption { color: var(--muted); font-size: 0.85rem; margin: 0.5rem 0; }
figure { margin: 1.5rem 0; }
figure svg { max-width: 100%; height: auto; }
@media print { main { max-width: none; padding: 0; } h2, tr, figure { break-inside: avoid; } }
`;
