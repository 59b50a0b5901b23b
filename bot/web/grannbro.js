// What the server can't do for a page: keep the focus, the draft and its language.
(() => {
  // A card is drawn again when something changes on it; whoever came by keyboard stays on it.
  let focused = null;
  addEventListener("pointerdown", () => { focused = null; }, true);
  addEventListener("focusin", event => {
    const named = event.target.closest("[data-focus]");
    const line = event.target.closest("[data-message]");
    focused = named && { name: named.dataset.focus, line: line && line.dataset.message };
  });
  const find = (attribute, value) => document.querySelector(`[${attribute}="${CSS.escape(value)}"]`);
  new MutationObserver(() => {
    if (!focused || document.activeElement !== document.body) return;
    const again = find("data-focus", focused.name) || (focused.line && find("data-message", focused.line));
    if (again) again.focus({ preventScroll: true });
  }).observe(document, { childList: true, subtree: true });

  // What somebody types survives a reload, a lost connection and a restart of the server; so does
  // what was sent and is not confirmed: rather twice than not at all.
  const keep = (key, typed) => typed ? sessionStorage.setItem(key, typed) : sessionStorage.removeItem(key);
  const box = () => document.querySelector("textarea[data-draft]");
  addEventListener("input", event => {
    if (event.isTrusted && event.target === box()) keep(`draft ${box().dataset.draft}`, box().value);
  });
  window.grannbro = {
    drafts: () => {
      const found = {};
      for (const key of ["sending", "draft"].flatMap(
        kind => Object.keys(sessionStorage).filter(key => key.startsWith(`${kind} `)))) {
        const room = key.slice(key.indexOf(" ") + 1);
        found[room] = [found[room], sessionStorage.getItem(key)].filter(Boolean).join("\n");
        sessionStorage.removeItem(key);
      }
      for (const room in found) keep(`draft ${room}`, found[room]);
      return found;
    },
    // Empty the box at once, so that what is typed next isn't lost; without contact keep it.
    take: () => {
      if (!window.socket || !window.socket.connected) return null;
      const typed = box().value, room = box().dataset.draft;
      keep(`sending ${room}`, typed);
      keep(`draft ${room}`, "");
      box().value = "";
      box().dispatchEvent(new Event("input", { bubbles: true }));
      return typed;
    },
    sent: (room, typed) => {
      if (sessionStorage.getItem(`sending ${room}`) === typed) keep(`sending ${room}`, "");
    },
    at: query => history.replaceState(null, "", query),
    toEnd: id => { const box = getHtmlElement(id); if (box) box.scrollTop = box.scrollHeight; },
  };
})();
