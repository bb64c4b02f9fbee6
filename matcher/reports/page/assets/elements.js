// Elements are built from text, never from markup: whatever a list holds stays text.
function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === false) continue;
    if (key === "onclick") element.addEventListener("click", value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  return fill(element, ...children);
}

function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return element;
}

// Text of others, kept apart from ours: marks that turn the direction end with it.
function own(content, attributes) {
  return el("bdi", attributes, content);
}

function link(url, shown) {
  if (!/^https?:\/\//i.test(url)) return own(shown ?? url);
  const host = /^https?:\/\/(?:www\.)?([^/:?#]+)/i.exec(url)[1];
  const attributes = { href: url, target: "_blank", rel: "noopener noreferrer", class: "source" };
  return el("a", attributes, shown ?? host);
}

// Text in which addresses in angle brackets become links.
function linked(content) {
  return content
    .split(/(<https?:\/\/[^>\s]+>)/)
    .map((part) => (part.startsWith("<http") ? link(part.slice(1, -1)) : part));
}

function pairs(rows) {
  return rows.map(([label, value]) => el("div", null, el("dt", null, label), el("dd", null, value)));
}

function badge(mark) {
  return el(
    "span",
    { class: `badge ${mark}` },
    el("span", { "aria-hidden": "true" }, MARKS[mark]),
    ` ${verdictWord(mark)}`,
  );
}

function fold(summary, ...children) {
  return el("details", null, el("summary", null, summary), ...children);
}
