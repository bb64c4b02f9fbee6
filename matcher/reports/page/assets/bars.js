// A score as a bar of its parts. The full width is a fit of 1, so bars can be compared.
const BLOCKS = [
  ...new Set(
    DATA.tenants.flatMap((tenant) =>
      LISTS.flatMap((list) => tenant[list].flatMap((card) => (card.parts ?? []).map(([at]) => at))),
    ),
  ),
];
const colourOf = d3.scaleOrdinal(BLOCKS, d3.schemeTableau10);

function bar(card) {
  const height = 22;
  const x = d3.scaleLinear([0, 1000], [0, 100]);
  const parts = card.parts;
  const stack = d3
    .stack()
    .keys(d3.range(parts.length))
    .value((_, part) => parts[part][1])
    .offset(d3.stackOffsetDiverging);
  const svg = d3
    .create("svg")
    .attr("class", "bar")
    .attr("role", "img")
    .attr("aria-label", `${word("score")} ${score(card.score)}`);
  svg.append("rect").attr("class", "track").attr("width", "100%").attr("height", height);
  svg
    .selectAll("rect.part")
    .data(stack([0]))
    .join("rect")
    .attr("class", "part")
    .attr("x", ([[from]]) => `${x(from)}%`)
    .attr("width", ([[from, to]]) => `${x(to - from)}%`)
    .attr("height", height)
    .attr("fill", ({ key }) => colourOf(parts[key][0]))
    .append("title")
    .text(({ key }) => `${text(parts[key][0])} ${score(parts[key][1])}`);
  svg
    .selectAll("text")
    .data(x.ticks(5))
    .join("text")
    .attr("x", (fit) => `${x(fit)}%`)
    .attr("y", height + 13)
    .attr("text-anchor", (fit) => ({ 0: "start", 1000: "end" })[fit] ?? "middle")
    .text((fit) => fit / 1000);
  return svg.node();
}

function partsTable(card) {
  const shared = new Map(card.shared ?? []);
  const rows = card.parts
    .filter(([, part]) => part !== 0)
    .map(([label, part]) => {
      const key = d3.create("svg").attr("class", "key").attr("viewBox", [0, 0, 10, 10]);
      key.attr("aria-hidden", "true");
      key.append("rect").attr("width", 10).attr("height", 10).attr("fill", colourOf(label));
      return el(
        "tr",
        null,
        el("th", { scope: "row" }, key.node(), text(label)),
        el("td", { class: "number" }, score(part)),
        el("td", null, shared.has(label) ? own(text(shared.get(label))) : ""),
      );
    });
  const factors = (card.factors ?? []).map(([name, value]) => `${text(name)} × ${value}`);
  return el(
    "table",
    { class: "parts" },
    el("caption", null, word("how")),
    el(
      "thead",
      { class: "unseen" },
      el("tr", null, ["item", "score", "shared"].map((key) => el("th", { scope: "col" }, word(key)))),
    ),
    el("tbody", null, rows),
    el(
      "tfoot",
      null,
      el(
        "tr",
        null,
        el("th", { scope: "row" }, word("sum")),
        el("td", { class: "number" }, score(card.score)),
        el("td", null, `${word("factors")}: ${factors.join(", ")}`),
      ),
    ),
  );
}
