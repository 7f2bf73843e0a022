/** Light and dark as the reader's system is; on paper always light, with failing cases unfolded. */
export const STYLE = `
:root { color-scheme: light dark; --back: #fff; --text: #1c2024; --dim: #5c636b; --line: #dfe3e8; --soft: #f5f7f9;
  --good: #11703c; --bad: #b3261e; --doubt: #8a5300; --mark: #2f5fd0; --add: #dcf3e4; --cut: #fbe2e0; }
@media (prefers-color-scheme: dark) { :root { --back: #16181b; --text: #e6e8ea; --dim: #a0a7af; --line: #33383e; --soft: #1f2226;
  --good: #5fce8f; --bad: #ff8b80; --doubt: #f0b357; --mark: #8ab0ff; --add: #14391f; --cut: #4a1f1c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .6rem; }
p { margin: .4rem 0; }
.dim { color: var(--dim); }
.facts { color: var(--dim); overflow-wrap: anywhere; }
.verdict { font-size: 1.1rem; margin: 1rem 0; padding: .6rem .9rem; border-left: 4px solid var(--line); background: var(--soft); }
.verdict.good { border-color: var(--good); } .verdict.bad { border-color: var(--bad); } .verdict.doubt { border-color: var(--doubt); }
.verdict strong { font-weight: 650; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; max-width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: .4rem 1.25rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; font-size: .82rem; color: var(--dim); white-space: nowrap; }
th[scope=row] { color: var(--text); font-size: inherit; white-space: normal; min-width: 9rem; overflow-wrap: anywhere; }
th[scope=row] small { display: block; font-weight: 400; color: var(--dim); }
.n { text-align: right; white-space: nowrap; }
.interval { white-space: nowrap; } .interval small { color: var(--dim); margin-left: .35rem; }
svg.whisker { display: block; width: 120px; height: 14px; margin-top: 2px; }
.whisker .axis { stroke: var(--line); } .whisker .range { stroke: var(--mark); stroke-width: 2; } .whisker .point { fill: var(--mark); }
.good { color: var(--good); } .bad { color: var(--bad); } .doubt { color: var(--doubt); }
.verdict.good, .verdict.bad, .verdict.doubt { color: inherit; }
.chip { display: inline-block; min-width: 4.6rem; text-align: center; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .5rem;
  font-size: .8rem; line-height: 1.45; }
.filter { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: .6rem 0; }
.filter[hidden], details[hidden] { display: none; }
.filter button { font: inherit; font-size: .85rem; padding: .15rem .7rem; border: 1px solid var(--line); border-radius: 1rem;
  background: var(--back); color: var(--text); cursor: pointer; }
.filter button[aria-pressed=true] { background: var(--text); color: var(--back); }
.filter input { font: inherit; font-size: .9rem; padding: .15rem .6rem; border: 1px solid var(--line); border-radius: 4px; background: var(--back);
  color: var(--text); flex: 1 1 10rem; max-width: 20rem; min-width: 0; }
:focus-visible { outline: 2px solid var(--mark); outline-offset: 1px; }
details.case { border-bottom: 1px solid var(--line); content-visibility: auto; contain-intrinsic-size: auto 2.6rem; }
details.case > summary { display: grid; grid-template-columns: 5.4rem minmax(8rem, 16rem) 1fr auto; gap: .75rem; align-items: baseline;
  padding: .45rem 0; cursor: pointer; list-style: none; }
details.case > summary::-webkit-details-marker { display: none; }
details.case > summary:hover { background: var(--soft); }
summary .id { font-weight: 600; overflow-wrap: anywhere; } summary .why { color: var(--dim); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
details[open] > summary .why { white-space: normal; }
.body { padding: .25rem 0 1.25rem; }
.body h3 { font-size: .82rem; color: var(--dim); font-weight: 600; margin: .9rem 0 .25rem; }
pre { margin: 0; padding: .6rem .75rem; background: var(--soft); border-radius: 4px; white-space: pre-wrap; overflow-wrap: anywhere;
  font: .85rem/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
ins { background: var(--add); text-decoration: none; border-bottom: 2px solid var(--good); } del { background: var(--cut); }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; } .sides > * { min-width: 0; }
ul { padding-left: 1.2rem; margin: .4rem 0; } li { overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  main { padding: 1.25rem 1rem 3rem; }
  details.case > summary { grid-template-columns: 5.4rem 1fr; gap: .2rem .75rem; }
  summary .why { grid-column: 1 / -1; white-space: normal; } summary .score { grid-column: 2; }
  .sides { grid-template-columns: 1fr; }
}
@media print {
  :root { color-scheme: light; --back: #fff; --text: #000; --dim: #444; --line: #bbb; --soft: #f4f4f4;
    --good: #11703c; --bad: #b3261e; --doubt: #8a5300; --mark: #2f5fd0; --add: #dcf3e4; --cut: #fbe2e0; }
  main { max-width: none; padding: 0; } body { font-size: 10pt; }
  .filter { display: none; } .wide { overflow: visible; }
  details.case { content-visibility: visible; }
  details.case[data-kind=fail]::details-content, details.case[data-kind=error]::details-content,
  details.case[data-kind=broke]::details-content { content-visibility: visible; block-size: auto; }
  summary, tr, h2 { break-inside: avoid; break-after: auto; } h2 { break-after: avoid; }
  pre, ins, del, .verdict { print-color-adjust: exact; }
}
`;
