/** The page's style. All colors are the theme's. */
export const style = `
body {
  color: var(--vscode-foreground);
  background: var(--vscode-editor-background);
  font-family: var(--vscode-font-family);
  font-size: var(--vscode-font-size);
  padding: 0 20px 20px;
}
main { max-width: 1000px; }
h1 { font-size: 1.5em; font-weight: 600; }
p { margin: 8px 0; }
.note { color: var(--vscode-descriptionForeground); }
.warning {
  padding: 6px 10px;
  color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
  background: var(--vscode-inputValidation-warningBackground);
  border: 1px solid var(--vscode-inputValidation-warningBorder);
}
.controls { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 16px 0; }
.controls label { margin-inline-end: 4px; }
select, button { font: inherit; padding: 4px 8px; border-radius: 2px; }
select {
  color: var(--vscode-dropdown-foreground);
  background: var(--vscode-dropdown-background);
  border: 1px solid var(--vscode-dropdown-border, var(--vscode-contrastBorder, transparent));
}
button {
  color: var(--vscode-button-secondaryForeground);
  background: var(--vscode-button-secondaryBackground);
  border: 1px solid var(--vscode-button-border, var(--vscode-contrastBorder, transparent));
  cursor: pointer;
}
button:hover { background: var(--vscode-button-secondaryHoverBackground); }
:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
figure { margin: 0 0 20px; }
.scale, .axis { color: var(--vscode-descriptionForeground); font-size: 0.9em; }
.axis { display: flex; justify-content: space-between; gap: 8px; }
svg[role="img"] {
  display: block;
  width: 100%;
  height: 160px;
  border-block: 1px solid var(--vscode-charts-lines, var(--vscode-foreground));
}
rect { stroke: var(--vscode-contrastBorder, transparent); stroke-width: 1px; vector-effect: non-scaling-stroke; }
.dense rect { stroke-width: 0.5px; }
.c0 { fill: var(--vscode-charts-blue); }
.c1 { fill: var(--vscode-charts-orange); }
.c2 { fill: var(--vscode-charts-green); }
.c3 { fill: var(--vscode-charts-purple); }
.c4 { fill: var(--vscode-charts-red); }
.c5 { fill: var(--vscode-charts-yellow); }
.c6 { fill: var(--vscode-charts-foreground); }
figure ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 8px 0 0; padding: 0; list-style: none; }
.key { width: 10px; height: 10px; margin-inline-end: 6px; }
#table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
caption { text-align: start; font-weight: 600; padding: 4px 0; }
th, td {
  padding: 4px 6px;
  text-align: end;
  font-weight: inherit;
  border-bottom: 1px solid var(--vscode-contrastBorder, var(--vscode-panel-border));
}
th:first-child, .name { text-align: start; }
.name { min-width: 9em; overflow-wrap: anywhere; }
tbody th { white-space: nowrap; }
thead th, tfoot th, tfoot td { font-weight: 600; }
`;
