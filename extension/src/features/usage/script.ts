/**
 * What runs in the page: it reports what the user selects, and shows what it gets. The selection stays in the page's
 * own elements, and the focus where it was.
 */
export const script = `(() => {
  const api = acquireVsCodeApi();
  const byId = (id) => document.getElementById(id);
  addEventListener("message", ({ data: { parts, values } }) => {
    const focused = document.activeElement?.id;
    for (const id in parts) byId(id).innerHTML = parts[id];
    for (const id in values) byId(id).value = values[id];
    if (focused) byId(focused)?.focus({ preventScroll: true });
  });
  for (const list of document.querySelectorAll("select"))
    list.onchange = () => api.postMessage({ type: list.id, value: list.value });
  for (const button of document.querySelectorAll("button"))
    button.onclick = () => api.postMessage({ type: button.id });
  api.postMessage({ type: "ready" });
})();`;
