/* Steps through a redline by keys, moves a map's date, and saves pictures as PNG. The pages stand without it. */
"use strict";

(() => {
  const typing = (event) =>
    event.ctrlKey || event.metaKey || event.altKey ||
    (event.target instanceof HTMLElement && event.target.matches("input:not([type=radio]):not([type=range]), textarea, select"));

  /* Redlines */

  const changes = [...document.querySelectorAll("div.edit[id]")];

  const current = () => {
    const at = changes.findIndex((change) => `#${change.id}` === location.hash);
    if (at >= 0) return at;
    // Nothing was stepped to yet: the last change that the reader has passed.
    return changes.filter((change) => change.getBoundingClientRect().top < 1).length - 1;
  };

  const step = (by) => {
    const next = changes[Math.min(Math.max(current() + by, 0), changes.length - 1)];
    // The hash, not a class: the address of the change is what the reader may copy.
    location.replace(`#${next.id}`);
    next.scrollIntoView({ block: "center" });
  };

  const otherView = () => {
    const other = document.querySelector(".view input:not(:checked)");
    if (other) other.checked = true;
  };

  const unfold = () => {
    const folds = [...document.querySelectorAll("details.fold")];
    const open = folds.some((fold) => !fold.open);
    for (const fold of folds) fold.open = open;
  };

  const root = document.body.dataset.root;
  const keys = { "/": () => location.assign(`${root}/search.html`) };
  if (changes.length) {
    Object.assign(keys, { n: () => step(1), j: () => step(1), p: () => step(-1), k: () => step(-1), s: otherView, u: unfold });
    for (const hint of document.querySelectorAll(".keys")) hint.hidden = false;
  }
  document.addEventListener("keydown", (event) => {
    const act = typing(event) ? undefined : keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  /* Maps */

  for (const slider of document.querySelectorAll(".slider input")) {
    const shapes = [...document.querySelectorAll(`#${slider.dataset.picture} [data-held]`)];
    const all = [...document.querySelectorAll(`#${slider.dataset.picture} .land`)];
    const said = document.getElementById("year-said");
    const title = document.querySelector(`#${slider.dataset.picture} .title`);
    const heading = title.textContent;
    const fills = {};
    for (const kind of ["member", "undated", "other"]) {
      const one = all.find((shape) => shape.classList.contains(kind));
      if (one) fills[kind] = one.getAttribute("fill");
    }
    fills.member ||= "#1d4f91";
    fills.undated ||= "#9dbbe0";
    fills.other ||= "#dfe4ea";
    const show = () => {
      const day = `${slider.value}-12-31`;
      let count = 0;
      for (const shape of shapes) {
        const held = shape.dataset.held.split(";").map((span) => span.split("/"))
          .filter(([from, to]) => (!from || from <= day) && (!to || day < to));
        const kind = !held.length ? "other" : held.some(([from]) => from) ? "member" : "undated";
        shape.classList.remove("member", "undated", "other");
        shape.classList.add(kind);
        shape.setAttribute("fill", fills[kind]);
        if (held.length) count += 1;
      }
      said.textContent = `${slider.value}: ${count} members`;
      title.textContent = `${heading}, end of ${slider.value}: ${count}`;
    };
    slider.addEventListener("input", show);
    slider.closest(".slider").hidden = false;
    show();
  }

  /* Pictures as PNG */

  const asPng = (svg, name) => {
    const copy = svg.cloneNode(true);
    // All of it, the title and the note that the page writes beside the drawing included.
    const whole = svg.dataset.whole;
    const [, , width, height] = whole.split(" ").map(Number);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", whole);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.setAttribute("font-family", "system-ui, sans-serif");
    const picture = new Image();
    picture.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      canvas.width = width * 2;
      canvas.height = height * 2;
      const paper = canvas.getContext("2d");
      paper.fillStyle = "#ffffff";
      paper.fillRect(0, 0, canvas.width, canvas.height);
      paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
      const link = document.createElement("a");
      link.download = `${name}.png`;
      link.href = canvas.toDataURL("image/png");
      link.click();
    });
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  };

  for (const downloads of document.querySelectorAll(".downloads")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "PNG";
    button.addEventListener("click", () => asPng(document.getElementById(downloads.dataset.picture), downloads.dataset.name));
    downloads.append(" · ", button);
  }
})();
