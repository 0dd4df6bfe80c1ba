// How the demo's pages are drawn. Both have it where their script says so.
function el(tag, props, ...children) {
  const { key, lang, home, label, ...rest } = props;
  const node = Object.assign(document.createElement(tag), rest);
  if (key) node.dataset.key = key;
  if (home) node.dataset.home = home;
  if (lang) node.lang = lang;
  if (label) node.setAttribute("aria-label", label);
  node.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}
/** Makes what stands there like what should, and leaves alone what is the same: whoever was on a button stays there. */
function patch(old, fresh) {
  if (old.nodeName !== fresh.nodeName || old.nodeType !== fresh.nodeType) return old.replaceWith(fresh);
  if (old.nodeType === Node.TEXT_NODE) { if (old.data !== fresh.data) old.data = fresh.data; return; }
  for (const a of [...old.attributes]) if (!fresh.hasAttribute(a.name) && a.name !== "open" && a.name !== "tabindex") old.removeAttribute(a.name);
  for (const a of fresh.attributes) if (old.getAttribute(a.name) !== a.value) old.setAttribute(a.name, a.value);
  old.onclick = fresh.onclick; old.onchange = fresh.onchange;
  children(old, fresh);
  if (old.nodeName === "INPUT") old.checked = fresh.checked;
  if (old.nodeName === "SELECT") old.value = fresh.value;
}
function children(old, fresh) {
  const keyed = new Map([...old.children].filter((c) => c.dataset.key).map((c) => [c.dataset.key, c]));
  let at = old.firstChild;
  for (const want of [...fresh.childNodes]) {
    const key = want.dataset?.key;
    const known = key ? keyed.get(key) : at && !at.dataset?.key && at.nodeName === want.nodeName ? at : null;
    if (!known) { old.insertBefore(want, at); continue; }
    if (known === at) at = at.nextSibling; else old.insertBefore(known, at);
    patch(known, want);
  }
  while (at) { const next = at.nextSibling; at.remove(); at = next; }
}
