"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = new Map(data.events.map((event) => [event.id, event]));
  const articles = new Map(data.articles.map((article) => [article.id, article]));
  const form = document.getElementById("filters");
  const rows = new Map([...document.querySelectorAll("ol.events li")].map((row) => [row.dataset.id, row]));
  const reader = document.getElementById("reader");
  const said = document.getElementById("said");
  const SVG = "http://www.w3.org/2000/svg";
  const EARLIER = 64;
  let chosen = null;

  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }
  function draw(name, attributes, ...children) {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  }

  function fits(event) {
    const value = (name) => form.elements[name].value;
    const words = value("words").trim().toLowerCase();
    const first = event.start || event.end || event.ongoing;
    const last = event.end || event.ongoing || event.start;
    return (!value("type") || event.type === value("type"))
      && (!value("actor") || event.actors.includes(value("actor")))
      && (!value("place") || event.place === value("place"))
      && (!value("from") || (last && last >= value("from")))
      && (!value("to") || (first && first <= value("to")))
      && (!form.elements.happened.checked || ["happened", "disputed"].includes(event.factuality))
      && (!words || event.words.includes(words));
  }

  function filter() {
    let count = 0;
    for (const event of data.events) {
      const shown = fits(event);
      rows.get(event.id).hidden = !shown;
      count += shown;
    }
    const undated = data.events.filter((event) => !rows.get(event.id).hidden && !event.start && !event.end && !event.ongoing);
    said.textContent = `${count} of ${data.events.length} events shown`
      + (undated.length ? `, ${undated.length} of them without a date, at the end of the list` : "");
    strip();
  }

  function day(text) { return Date.parse(text + "T00:00:00Z") / 864e5; }

  function strip() {
    const shown = data.events.filter((event) => !rows.get(event.id).hidden);
    const dated = shown.filter((event) => event.start || event.end || event.ongoing);
    const holder = document.getElementById("strip");
    holder.replaceChildren();
    if (!dated.length) return;
    const lanes = data.families.filter((family) => dated.some((event) => event.family === family));
    const wide = 1200, left = 110, high = 26;
    const days = dated.flatMap((event) => [event.start, event.end, event.ongoing]).filter(Boolean).map(day);
    const begin = beginning(dated), before = begin === null ? 0 : EARLIER;
    const low = begin === null ? Math.min(...days) - 1 : begin, top = Math.max(...days) + 2;
    const x = (value) => (value < low ? left + before / 2
      : left + before + ((value - low) / (top - low)) * (wide - left - before - 12));
    const picture = draw("svg", { viewBox: `0 0 ${wide} ${lanes.length * high + 26}`, "aria-hidden": "true" });
    for (const tick of ticks(low, top)) {
      picture.append(draw("line", { x1: x(tick.at), x2: x(tick.at), y1: 0, y2: lanes.length * high, stroke: "#d0d0d0" }));
      if (x(tick.at) < wide - 70) {
        picture.append(draw("text", { x: x(tick.at) + 3, y: lanes.length * high + 15 }, tick.label));
      }
    }
    lanes.forEach((family, k) => {
      const y = k * high + high / 2;
      picture.append(draw("text", { x: 0, y: y + 4, class: "lane" }, family),
        draw("line", { x1: left, x2: wide, y1: y, y2: y, stroke: "#e8e8e8" }));
    });
    if (before) {
      picture.append(draw("line", { x1: left + before, x2: left + before, y1: 0, y2: lanes.length * high, stroke: "#595959",
        "stroke-dasharray": "3 3" }), draw("text", { x: left, y: lanes.length * high + 15 }, "earlier"));
    }
    for (const event of dated) picture.append(sign(event, x, lanes.indexOf(event.family) * high + high / 2));
    holder.append(picture);
  }

  function bounds(event) {
    return [day(event.start || event.end || event.ongoing), day(event.end || event.ongoing || event.start) + 1];
  }

  // Where the dot of an event stands: the first day of what lasted, else the middle of its days.
  function anchor(event) {
    const [first, last] = bounds(event);
    return event.kind !== "point" ? first + 0.5 : (first + last) / 2;
  }

  // The day from which the strip is to scale, where a few events long before all others would press it; else null.
  function beginning(dated) {
    const anchors = dated.map(anchor).sort((a, b) => a - b);
    const few = Math.max(3, Math.floor(anchors.length / 20));
    let gap = 0, at = 0;
    for (let k = 1; k < anchors.length; k += 1) {
      if (anchors[k] - anchors[k - 1] > gap) [gap, at] = [anchors[k] - anchors[k - 1], k];
    }
    const rest = anchors[anchors.length - 1] - anchors[at];
    if (at === 0 || at > few || anchors.length - at <= at || gap <= 2 * Math.max(rest, 14)) return null;
    return anchors[at] - Math.max(1, rest * 0.02);
  }

  function sign(event, x, y) {
    const [first, last] = bounds(event), lasted = event.kind !== "point", at = x(anchor(event));
    const group = draw("g", { class: `event ${event.family}`, "data-id": event.id });
    if (lasted) {
      group.append(draw("line", { x1: x(first), x2: x(last), y1: y, y2: y, stroke: "var(--c)", "stroke-width": 4 }));
    } else if (last - first > 1) {
      group.append(draw("rect", { x: x(first), width: Math.max(x(last) - x(first), 1), y: y - 6, height: 12, fill: "var(--c)",
        opacity: 0.2 }), draw("path", { d: `M${x(first)} ${y - 6}v12M${x(last)} ${y - 6}v12`, stroke: "var(--c)" }));
    }
    const fill = event.confidence >= 0.8 ? "var(--c)" : "#fff";
    group.append(draw("circle", { cx: at, cy: y, r: chosen === event.id ? 8 : 5, fill, stroke: "var(--c)", "stroke-width": 2 }),
      draw("title", {}, `${event.date}: ${event.headline}`));
    group.addEventListener("click", () => choose(event.id, true));
    return group;
  }

  function ticks(low, top) {
    const out = [], start = new Date(low * 864e5), months = (top - low) / 30.4;
    const step = months > 480 ? 120 : months > 144 ? 60 : months > 36 ? 12 : months > 14 ? 3 : 1;
    let at = Date.UTC(start.getUTCFullYear(), step >= 12 ? 0 : start.getUTCMonth(), 1);
    for (let k = 0; k < 60; k += 1) {
      const date = new Date(at);
      if (at / 864e5 > top) break;
      if (at / 864e5 >= low) {
        out.push({ at: at / 864e5, label: step >= 12 ? String(date.getUTCFullYear())
          : `${data.months[date.getUTCMonth()]} ${date.getUTCFullYear()}` });
      }
      at = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, 1);
    }
    return out;
  }

  function marked(article, spans) {
    const letters = Array.from(article.text), out = [];
    let at = 0;
    for (const span of spans) {
      if (span.start < at) continue;
      out.push(letters.slice(at, span.start).join(""));
      out.push(make("mark", { class: span.kind, title: span.field }, letters.slice(span.start, span.end).join(""),
        make("sup", {}, span.field)));
      at = span.end;
    }
    out.push(letters.slice(at).join(""));
    return out;
  }

  function choose(id, scroll) {
    const event = byId.get(id);
    if (!event) return;
    chosen = id;
    for (const [key, row] of rows) row.querySelector("button").setAttribute("aria-pressed", String(key === id));
    const facts = make("dl", {});
    for (const [name, value] of event.facts) facts.append(make("dt", {}, name), make("dd", {}, value));
    const parts = [make("h2", {}, event.headline), facts];
    for (const key of [...new Set(event.spans.map((span) => span.article))]) {
      const article = articles.get(key);
      if (!article) continue;
      const head = [article.title || article.id, article.source, article.published].filter(Boolean).join(" · ");
      const spans = event.spans.filter((span) => span.article === key);
      parts.push(make("h3", {}, head), make("article", { lang: "und", dir: "auto" }, ...marked(article, spans)));
    }
    reader.replaceChildren(...parts);
    const first = reader.querySelector("mark");
    if (first) reader.scrollTop = Math.max(0, first.offsetTop - 160);
    if (scroll) rows.get(id).scrollIntoView({ block: "nearest" });
    said.textContent = `Shown: ${event.headline}`;
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    strip();
  }

  for (const [id, row] of rows) row.querySelector("button").addEventListener("click", () => choose(id, false));
  document.querySelector("ol.events").addEventListener("keydown", (press) => {
    if (!["ArrowDown", "ArrowUp"].includes(press.key)) return;
    const list = [...document.querySelectorAll("ol.events li:not([hidden]) button")];
    const next = list[list.indexOf(document.activeElement) + (press.key === "ArrowDown" ? 1 : -1)];
    if (next) { next.focus(); press.preventDefault(); }
  });
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (sent) => sent.preventDefault());
  filter();
  const wanted = decodeURIComponent(location.hash.slice(1));
  if (byId.has(wanted)) choose(wanted, true);
})();
