/* Searches the index that the site carries. Words of pages are only ever set as text, never as markup. */
"use strict";

(() => {
  const MOST = 60;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const KINDS = { regime: 0, country: 1, plenary: 2, source: 3, change: 4, text: 5 };

  const entries = (window.PLENARYWATCH_ENTRIES || []).map(([kind, title, address, words]) => ({
    kind, title, address, name: plain(title), all: ` ${plain(title)} ${plain(words)}`,
  }));
  const texts = (window.PLENARYWATCH_TEXTS || []).flatMap(([title, address, paragraphs]) =>
    paragraphs.map(([number, text]) => ({ kind: "text", title, address: `${address}#b${number}`, text, all: ` ${plain(text)}` })));

  const begins = (text, word) => {
    // A word is found where a word of the text begins with it.
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1])) return true;
    }
    return false;
  };

  const search = (query) => {
    const words = plain(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    const score = (entry) => {
      if (entry.kind === "text") return 20;
      const named = words.every((word) => begins(entry.name, word));
      return KINDS[entry.kind] + (entry.name.startsWith(words[0]) ? 0 : 1) + (named ? 0 : 10);
    };
    return [...entries, ...texts]
      .filter((entry) => words.every((word) => begins(entry.all, word)))
      .map((entry) => [score(entry), entry])
      .sort((a, b) => a[0] - b[0])
      .map(([, entry]) => entry);
  };

  const passage = (text, query) => {
    const word = plain(query).split(/\s+/).filter(Boolean)[0] || "";
    const at = Math.max(0, plain(text).indexOf(word) - 80);
    return `${at ? "…" : ""}${text.slice(at, at + 240)}${at + 240 < text.length ? "…" : ""}`;
  };

  const box = document.getElementById("words");
  const list = document.getElementById("found");
  const count = document.getElementById("count");

  const show = () => {
    const found = search(box.value);
    list.replaceChildren(...found.slice(0, MOST).map((entry) => {
      const item = document.createElement("li");
      const kind = document.createElement("span");
      kind.className = "badge";
      kind.textContent = entry.kind;
      const link = document.createElement("a");
      link.href = entry.address;
      link.textContent = entry.title;
      item.append(kind, " ", link);
      if (entry.text) {
        const words = document.createElement("p");
        words.className = "meta";
        words.textContent = passage(entry.text, box.value);
        item.append(words);
      }
      return item;
    }));
    const more = found.length > MOST ? `, the first ${MOST} shown` : "";
    count.textContent = box.value.trim() ? `${found.length || "nothing"} found${more}` : "";
    history.replaceState(null, "", box.value ? `#q=${encodeURIComponent(box.value)}` : location.pathname);
  };

  document.querySelector(".search").hidden = false;
  document.querySelector(".without").hidden = true;
  if (location.hash.startsWith("#q=")) {
    try {
      box.value = decodeURIComponent(location.hash.slice(3));
    } catch {
      box.value = "";
    }
  }
  box.addEventListener("input", show);
  box.focus();
  if (box.value) show();
})();
