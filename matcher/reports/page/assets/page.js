// The page as a whole: views, the tenant chosen, language, theme, print.
const VIEWS = ["tenants", "heat", "clusters"];
const drawn = new Set(); // views that show what is asked for, as things stand
let view = "tenants";
let tenantsShown = DATA.tenants;

function addressOf(tenant) {
  return `#t=${encodeURIComponent(tenant.id)}`;
}

function chosen() {
  const match = /^#t=(.*)$/.exec(location.hash);
  return match && DATA.tenants.find((tenant) => addressOf(tenant) === match[0]);
}

// The tenant chosen, as long as the filters show it.
function current() {
  const wanted = chosen();
  return tenantsShown.includes(wanted) ? wanted : tenantsShown[0];
}

function show(id, partner) {
  const address = addressOf({ id });
  if (location.hash !== address) history.pushState(null, "", address);
  drawView();
  const target = partner && document.getElementById(`p-${partner}`);
  const place = target || document.getElementById("tenant");
  place.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
}

function drawList() {
  const shown = current();
  const items = tenantsShown.map((tenant) => {
    const best = tenant.matches[0];
    const said = best
      ? [`${text(partnerOf(best).name)} ${score(best.score)} `, badge(VERDICTS[best.verdict])]
      : [word("none")];
    return el(
      "li",
      null,
      el(
        "a",
        { href: addressOf(tenant), "aria-current": tenant === shown ? "true" : undefined },
        el("span", { class: "name" }, own(text(tenant.name))),
        el("small", null, said),
      ),
    );
  });
  document.getElementById("list").replaceChildren(...items);
  document.body.classList.toggle("has-tenant", Boolean(chosen()));
}

function drawView() {
  if (view === "tenants") {
    drawList();
    const tenant = current();
    if (tenant) drawTenant(tenant);
    else document.getElementById("tenant").replaceChildren(el("p", null, word("nothing_found")));
  } else if (!drawn.has(view)) {
    if (view === "heat") drawHeat(tenantsShown);
    else drawClusters();
  }
  drawn.add(view);
}

function choose(name) {
  view = name;
  for (const each of VIEWS) {
    const tab = document.getElementById(`tab-${each}`);
    tab.setAttribute("aria-selected", String(each === name));
    tab.tabIndex = each === name ? 0 : -1;
    document.getElementById(`panel-${each}`).hidden = each !== name;
  }
  document.body.dataset.view = name;
  drawView();
}

function filter() {
  filters.query = document.getElementById("query").value;
  for (const field of FIELDS) filters[field] = document.getElementById(field).value;
  tenantsShown = DATA.tenants.filter(tenantPasses);
  drawn.delete("heat");
  tell();
  drawView();
}

function tell() {
  const shown = word("found")
    .replace("{n}", tenantsShown.length)
    .replace("{all}", DATA.tenants.length);
  document.getElementById("found").textContent = tenantsShown.length ? shown : word("nothing_found");
}

function drawFrame() {
  document.documentElement.lang = language;
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
  }
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  const about = [...DATA.inputs, `${word("as_of")} ${DATA.as_of}`, `${word("run")} ${DATA.run}`];
  document.getElementById("run").textContent = about.join(" · ");
  const totals = DATA.totals.map(([label, count]) => [text(label), String(count)]);
  document.getElementById("totals").replaceChildren(...pairs(totals));
  const record = DATA.record.map(([label, value]) => [text(label), text(value)]);
  document.getElementById("record").replaceChildren(...pairs(record));
  const problems = document.getElementById("problems");
  problems.hidden = !DATA.problems.length;
  problems.querySelector("summary").textContent = `${word("problems")} (${DATA.problems.length})`;
  problems.querySelector("ul").replaceWith(problemList(DATA.problems));
}

function speak(chosenLanguage) {
  language = chosenLanguage;
  drawn.clear();
  drawFrame();
  drawFilters();
  tell();
  drawView();
}

function nextTab(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const name = VIEWS.at((VIEWS.indexOf(view) + by) % VIEWS.length);
  choose(name);
  document.getElementById(`tab-${name}`).focus();
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
}

function listen() {
  const form = document.getElementById("filters");
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter)); // once the fields are blank
  for (const button of document.querySelectorAll("[data-language]")) {
    button.addEventListener("click", () => speak(button.dataset.language));
  }
  for (const name of VIEWS) {
    document.getElementById(`tab-${name}`).addEventListener("click", () => choose(name));
  }
  document.querySelector("[role=tablist]").addEventListener("keydown", nextTab);
  document.getElementById("theme").addEventListener("click", switchTheme);
  document.getElementById("print").addEventListener("click", () => print());
  let unfolded = [];
  addEventListener("beforeprint", () => {
    drawSome(Infinity);
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const each of unfolded) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of unfolded) each.open = false;
  });
  addEventListener("popstate", () => {
    if (!/^#(t=.*)?$/.test(location.hash || "#")) return; // the skip link
    if (chosen() && !tenantsShown.includes(chosen())) {
      document.getElementById("filters").reset();
      filter();
    }
    choose("tenants");
    if (chosen()) show(chosen().id);
  });
}

listen();
drawFrame();
drawFilters();
tell();
choose("tenants");
document.body.dataset.ready = "true";
