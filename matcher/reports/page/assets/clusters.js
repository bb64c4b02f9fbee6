// Hongneung, Boston and Biopolis over the eight components, and where a tenant's needs are served.
const MOST_SERVING = 5; // shown at once; the others unfold

function served(tenant) {
  if (!tenant.served.length) return null;
  const [, , cells] = tenant.served[0];
  const heads = cells.map(([cluster, wanted]) =>
    el(
      "th",
      { scope: "col" },
      clusterName(cluster),
      wanted ? null : el("small", null, word("not_wanted")),
    ),
  );
  return [
    el("p", { class: "note" }, word("served_basis")),
    el(
      "table",
      { class: "served" },
      el("thead", null, el("tr", null, el("th", { scope: "col" }, word("component")), heads)),
      el("tbody", null, tenant.served.map(servedRow)),
    ),
  ];
}

function clusterName(cluster) {
  const cells = DATA.comparison.components[0].clusters;
  return text(cells.find((cell) => cell.cluster === cluster).label);
}

function servedRow([id, needs, cells]) {
  const component = DATA.comparison.components.find((each) => each.id === id);
  const name = component ? text(component.name) : word("outside_components");
  const columns = cells.map(([cluster, , partners, lacking]) => {
    const said = component?.clusters.find((cell) => cell.cluster === cluster);
    return el(
      "td",
      { "data-column": clusterName(cluster) },
      servingList(partners.slice(0, MOST_SERVING)),
      partners.length > MOST_SERVING
        ? fold(word("more"), servingList(partners.slice(MOST_SERVING)))
        : null,
      lacking.length ? el("ul", { class: "missing" }, lacking.map(missing)) : null,
      said ? el("p", { class: "note" }, `${word("paper")}: ${text(said.text)} (${text(said.at)})`) : null,
    );
  });
  return el(
    "tr",
    null,
    el("th", { scope: "row" }, name, el("small", null, text(needs))),
    columns,
  );
}

function servingList(partners) {
  if (!partners.length) return null;
  const items = partners.map(([offer, fit, verdict, needs, beside]) =>
    el(
      "li",
      null,
      `${text(DATA.partners[DATA.offers[offer].partner].name)} — ${text(DATA.offers[offer].name)} `,
      el("b", null, score(fit)),
      " ",
      badge(VERDICTS[verdict]),
      el("small", null, text(needs) ? ` ${text(needs)}` : ` ${word("beside")}: ${text(beside)}`),
    ),
  );
  return el("ul", { class: "carriers" }, items);
}

function missing([need, why, nearest, elsewhere]) {
  const noted = [text(nearest), text(elsewhere) && `${word("in_other_component")} ${text(elsewhere)}`];
  const notes = noted.filter(Boolean).join("; ");
  return el(
    "li",
    null,
    el("b", null, `${word("missing")}: ${text(need)}`),
    ` — ${text(why)}${notes ? ` (${notes})` : ""}`,
  );
}

function statement(cell) {
  return el("p", null, text(cell.text), el("small", null, ` (${text(cell.at)})`));
}

function carriers(cell) {
  if (!cell.partners.length) return el("p", { class: "note" }, word("nobody_there_short"));
  return [
    el("h5", null, word("carried_by")),
    el("ul", { class: "carriers" }, cell.partners.map(([, name]) => el("li", null, text(name)))),
  ];
}

// How the tenants of the list are served there; Hongneung is home.
function figures(cell, asking) {
  if (cell.served === null) return null;
  const counted = (rows) => rows.map(([name, count]) => `${text(name)} ${count}`).join(", ");
  return el(
    "dl",
    { class: "figures" },
    pairs([
      [word("served_needs"), `${cell.served}/${asking}`],
      [word("served_wanting"), `${cell.served_wanting}/${cell.wanting}`],
      [word("served_by"), counted(cell.serving) || word("nothing")],
      [word("missing_needs"), counted(cell.missing) || word("nothing")],
    ]),
  );
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
      el(
        "p",
        { class: "note" },
        `${word("concerned")}: ${component.needs.map(([, at]) => text(at)).join(", ")} · `,
        el("b", null, `${word("asking")} ${component.asking}`),
      ),
      el(
        "div",
        { class: "columns" },
        component.clusters.map((cell) =>
          el("div", { class: cell.cluster }, el("h4", null, text(cell.label)), statement(cell), figures(cell, component.asking), carriers(cell)),
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
