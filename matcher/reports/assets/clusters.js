// Hongneung, Boston and Biopolis over the eight components, and where a tenant's needs are served.
const ABROAD = ["boston", "singapore"];

function served(tenant) {
  const asked = new Map(tenant.asked);
  const lines = (DATA.comparison?.components ?? []).filter((component) =>
    component.needs.some(([need]) => asked.has(need)),
  );
  if (!lines.length) return null;
  const stands = standings(tenant);
  const rows = lines.map((component) => {
    const needs = component.needs.filter(([need]) => asked.has(need)).map(([, at]) => text(at));
    const cells = component.clusters.filter(({ cluster }) => ABROAD.includes(cluster));
    return el(
      "tr",
      null,
      el("th", { scope: "row" }, text(component.name), el("small", null, needs.join(", "))),
      cells.map((cell) =>
        el("td", { "data-column": text(cell.label) }, carriers(cell, stands), statement(cell)),
      ),
    );
  });
  const heads = lines[0].clusters
    .filter(({ cluster }) => ABROAD.includes(cluster))
    .map(({ label }) => el("th", { scope: "col" }, text(label)));
  return [
    el("p", { class: "note" }, word("served_note")),
    el(
      "table",
      { class: "served" },
      el("thead", null, el("tr", null, el("th", { scope: "col" }, word("component")), heads)),
      el("tbody", null, rows),
    ),
  ];
}

function statement(cell) {
  return el("p", null, text(cell.text), el("small", null, ` (${text(cell.at)})`));
}

function carriers(cell, stands) {
  if (!cell.partners.length) return el("p", { class: "note" }, word("nobody_there_short"));
  const names = cell.partners.map(([id, name]) => {
    const standing = stands?.get(id);
    const mark = standing && markOf(standing);
    const fit = standing ? ` ${score(standing.score)}` : "";
    const sign = mark ? badge(mark) : standing ? el("small", null, text(standing.reason)) : null;
    return el("li", null, text(name), fit, sign ? [" ", sign] : null);
  });
  return el("ul", { class: "carriers" }, names);
}

function drawClusters() {
  const panel = document.getElementById("panel-clusters");
  const comparison = DATA.comparison;
  if (!comparison) return panel.replaceChildren(el("p", null, word("nothing")));
  const parts = comparison.components.map((component) =>
    el(
      "section",
      { class: "component" },
      el("h3", null, text(component.name)),
      el("p", { class: "note" }, `${word("concerned")}: ${component.needs.map(([, at]) => text(at)).join(", ")}`),
      el(
        "div",
        { class: "columns" },
        component.clusters.map((cell) =>
          el("div", { class: cell.cluster }, el("h4", null, text(cell.label)), statement(cell), carriers(cell)),
        ),
      ),
      el("div", { class: "notes" }, component.notes.map(([heading, notes]) => notesOf(heading, notes))),
      component.facts.length ? fold(word("facts"), factList(component.facts)) : null,
    ),
  );
  return panel.replaceChildren(
    el("h2", null, word("cluster_comparison")),
    el("p", { class: "note" }, word("comparison_note"), " ", link(comparison.url, text(comparison.paper))),
    ...parts,
  );
}

function notesOf(heading, notes) {
  const items = notes.map(([note, at]) => el("li", null, text(note), el("small", null, ` (${text(at)})`)));
  return el("div", null, el("h4", null, text(heading)), el("ul", null, items));
}

function factList(facts) {
  const items = facts.map(([fact, url, dated]) =>
    el("li", null, text(fact), " ", link(text(url)), ` (${text(dated)})`),
  );
  return el("ul", null, items);
}
