// Tenants × partners: a table, so that it can be read aloud, walked by keys and printed.
const HOTTEST = d3.max(DATA.tenants.flatMap((tenant) => [...standings(tenant).values()]), (each) => each.score);
const AT_ONCE = 45;
const shade = d3.scaleQuantize([0, HOTTEST || 1], d3.range(10));

function heatColumns() {
  const groups = d3.group(
    Object.keys(DATA.partners).filter(partnerPasses),
    (id) => DATA.partners[id].clusters.join("+"),
  );
  const order = new Intl.Collator(language);
  return [...groups]
    .sort(([a], [b]) => d3.ascending(a, b))
    .map(([key, ids]) => [
      key.split("+").map((id) => text(DATA.clusters[id])).join(" · "),
      ids.sort((a, b) => order.compare(text(DATA.partners[a].name), text(DATA.partners[b].name))),
    ]);
}

function drawHeat(shown) {
  const groups = heatColumns();
  const ids = groups.flatMap(([, each]) => each);
  const table = el(
    "table",
    { class: "heat", role: "grid", "aria-label": word("heat_map") },
    el(
      "thead",
      null,
      el(
        "tr",
        { class: "groups" },
        el("td"),
        groups.map(([label, each]) => el("th", { scope: "colgroup", colspan: each.length }, el("span", null, label))),
      ),
      el(
        "tr",
        null,
        el("th", { scope: "col", class: "corner" }, word("tenant")),
        ids.map((id) => el("th", { scope: "col" }, el("span", null, text(DATA.partners[id].name)))),
      ),
    ),
    el("tbody", null, shown.slice(0, AT_ONCE).map((tenant) => heatRow(tenant, ids))),
  );
  drawRest(table.tBodies[0], shown.slice(AT_ONCE), ids);
  const first = table.querySelector("tbody td");
  if (first) first.tabIndex = 0;
  table.addEventListener("keydown", walk);
  table.addEventListener("click", (event) => openCell(event.target.closest("td[data-partner]")));
  document.getElementById("panel-heat").replaceChildren(
    el("h2", null, word("heat_map")),
    el("p", { class: "note" }, word("heat_note")),
    el("p", { class: "legend" }, Object.keys(MARKS).map(badge)),
    el("div", { class: "scroll" }, table),
  );
}

// The rows beyond a screen come while the reader looks; print brings them at once.
let rest = { rows: [] };

function drawRest(body, tenants, ids) {
  rest = { body, ids, rows: tenants };
  const own = rest;
  const go = () => {
    if (rest !== own || !own.rows.length) return;
    drawSome(AT_ONCE);
    setTimeout(go);
  };
  setTimeout(go);
}

function drawSome(count) {
  const { body, ids, rows } = rest;
  body?.append(...rows.splice(0, count).map((tenant) => heatRow(tenant, ids)));
}

function heatRow(tenant, ids) {
  const stands = standings(tenant);
  const cells = ids.map((id) => {
    const standing = stands.get(id);
    if (!standing) return el("td", { tabindex: "-1" });
    const mark = markOf(standing);
    const cell = document.createElement("td");
    cell.className = `h${shade(standing.score)} ${mark || "rest"}`;
    cell.dataset.partner = id;
    cell.tabIndex = -1;
    cell.textContent = score(standing.score);
    if (mark) {
      cell.append(el("span", { class: "unseen" }, ` ${verdictWord(mark)} `));
      cell.append(el("i", { "aria-hidden": "true" }, MARKS[mark]));
    }
    const name = `${text(DATA.partners[id].name)} ${score(standing.score)}`;
    const says = mark ? verdictWord(mark) : text(standing.reason);
    cell.title = `${name} · ${says}`;
    return cell;
  });
  const name = el("a", { href: addressOf(tenant), title: text(tenant.name) }, own(text(tenant.name)));
  const row = el("tr", null, el("th", { scope: "row" }, name), cells);
  row.dataset.tenant = tenant.id;
  return row;
}

function walk(event) {
  const cell = event.target.closest("tbody td");
  if (!cell) return;
  const [row, body] = [cell.parentElement, cell.closest("tbody")];
  const at = [...row.children].indexOf(cell);
  const rows = [...body.children];
  const down = rows.indexOf(row);
  const to = {
    ArrowLeft: () => row.children[Math.max(at - 1, 1)],
    ArrowRight: () => row.children[at + 1],
    ArrowUp: () => rows[down - 1]?.children[at],
    ArrowDown: () => rows[down + 1]?.children[at],
    Home: () => row.children[1],
    End: () => row.lastElementChild,
  }[event.key];
  if (event.key === "Enter") openCell(cell);
  else if (!to) return;
  event.preventDefault();
  const next = to?.();
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

function openCell(cell) {
  const partner = cell?.dataset.partner;
  if (!partner) return;
  const { tenant } = cell.parentElement.dataset;
  choose("tenants");
  show(tenant, partner);
}
