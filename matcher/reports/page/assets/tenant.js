// All about one tenant.
const MOST_ROUTES = 3; // shown at once; the others unfold

function drawTenant(tenant) {
  const article = document.getElementById("tenant");
  article.setAttribute("aria-label", text(tenant.name));
  fill(
    article,
    el("a", { class: "back", href: "#" }, `← ${word("back")}`),
    el("h2", null, own(text(tenant.name))),
    el("p", { class: "id" }, `${word("tenant_id")} `, own(tenant.id)),
    el("h3", null, word("profile")),
    el("dl", { class: "profile" }, pairs(tenant.profile.map(([a, b]) => [text(a), own(text(b))]))),
    text(tenant.detail) && detail(tenant),
    el("h3", null, word("recommended")),
    tenant.matches.length ? cards(tenant, "matches") : el("p", null, text(tenant.nobody)),
    section("near_misses", tenant.near_misses.length && cards(tenant, "near_misses")),
    section("served_where", served(tenant)),
    section("ineligible", tenant.ineligible.length && excludedList(tenant)),
    section("others", tenant.others.length && others(tenant)),
    section("problems", tenant.problems.length && problemList(tenant.problems)),
  );
}

function detail(tenant) {
  const quoted = el("blockquote", null, own(text(tenant.detail)));
  return el("figure", null, el("figcaption", null, word("need_detail")), quoted);
}

function section(heading, content) {
  return content ? [el("h3", null, word(heading)), content] : [];
}

function cards(tenant, list) {
  const shown = tenant[list].filter((card) => cardPasses(card, list));
  const items = shown.map((card) => el("li", null, drawCard(card, list)));
  const hidden = shown.length < tenant[list].length;
  return [
    el("ol", { class: "cards" }, items),
    hidden ? el("p", { class: "note" }, word("hidden_cards")) : null,
  ];
}

function drawCard(card, list) {
  const [offer, partner] = [offerOf(card), partnerOf(card)];
  const places = partner.clusters.map((id) => text(DATA.clusters[id]));
  const mark = list === "near_misses" ? "near" : VERDICTS[card.verdict];
  return el(
    "section",
    { class: `card ${mark}`, id: `p-${offer.partner}`, tabindex: "-1" },
    el(
      "header",
      null,
      card.rank ? el("span", { class: "rank" }, String(card.rank)) : null,
      el("h4", null, el("span", null, text(partner.name)), el("small", null, text(offer.name))),
      el(
        "p",
        { class: "fit" },
        badge(mark),
        el("span", { class: "score" }, el("small", null, word("score")), score(card.score)),
      ),
    ),
    el("p", null, text(offer.summary)),
    el("p", { class: "note" }, [...places, text(partner.kind)].join(" · ")),
    card.parts ? bar(card) : null,
    el(
      "div",
      { class: "sides" },
      el("div", null, card.parts ? partsTable(card) : null, card.quoted ? quotes(card.quoted) : null),
      el(
        "div",
        null,
        part("by_rules", card.rules ? ruleList(card.rules) : el("p", null, word("no_rules"))),
        offer.sources ? part("sources", sourceList(offer.sources)) : null,
      ),
    ),
    ways(card),
    (card.excluded ?? []).map(better),
    el("p", { class: "note decision" }, `${word("decision")} ${card.decision}`),
  );
}

function part(heading, content) {
  return content ? [el("h5", null, word(heading)), content] : [];
}

function quotes(quoted) {
  const shown = quoted.map((at) => own(`“${text(at)}”`));
  return el("p", { class: "quotes" }, `${word("quoted")}: `, shown.flatMap((each, at) => (at ? [", ", each] : each)));
}

function ruleList(positions) {
  return el("ul", { class: "rules" }, positions.map((at) => rule(DATA.rules[at])));
}

function rule(line) {
  const questions = (line.questions ?? []).map((at) =>
    el("li", null, el("b", null, word("question")), " ", text(at)),
  );
  return el(
    "li",
    { class: line.verdict },
    el("b", null, text(line.label)),
    " ",
    own(text(line.reason)),
    el(
      "span",
      { class: "note" },
      ` ${text(line.kind)} · ${text(line.status)} · `,
      link(line.source),
      ` (${text(line.as_of)})`,
    ),
    questions.length ? el("ul", null, questions) : null,
  );
}

function ways(card) {
  const routes = (card.routes ?? []).map((route, at) =>
    el(
      "li",
      null,
      card.routes.length > 1 ? el("b", null, `${word("route")} ${at + 1}`) : null,
      el("ol", { class: "steps" }, route.map((position) => el("li", null, step(DATA.steps[position])))),
    ),
  );
  const blocked = (card.blockers ?? []).map((at) =>
    el("li", null, el("b", null, word("no_route")), " ", linked(text(at))),
  );
  const more = routes.slice(MOST_ROUTES);
  return [
    routes.length ? part("routes", el("ul", { class: "routes" }, routes.slice(0, MOST_ROUTES))) : [],
    more.length ? fold(`${word("more_routes")} ${more.length}`, el("ul", { class: "routes" }, more)) : [],
    blocked.length ? el("ul", { class: "routes" }, blocked) : [],
  ];
}

function step(line) {
  const names = (key) => (line.helpers ? "" : (line[key] ?? []).map(text).join(", "));
  const noted = [
    [word("with"), names("partners")],
    [word("bridges"), names("bridges")],
    [word("ask_first"), text(line.question)],
    [word("proof"), text(line.proof)],
    [word("takes"), text(line.takes)],
  ].filter(([, shown]) => shown);
  const notes = noted.map(([label, shown]) => el("li", null, el("b", null, label), " ", linked(shown)));
  if (line.helpers) {
    const who = el("ul", null, line.helpers.map(helper));
    notes.push(el("li", null, el("b", null, word("helpers")), who));
  }
  return [text(line.action), notes.length ? el("ul", null, notes) : null];
}

function helper(line) {
  const by = line.bridges.length ? ` ← ${line.bridges.map(text).join(", ")}` : "";
  const out = line.excluded ? ` · ${verdictWord("ineligible")}` : "";
  return el("li", null, `${text(line.partner)} — ${text(line.offer)} (${line.fit}${out})${by}`);
}

function better(card) {
  return el(
    "div",
    { class: "better" },
    el("h5", null, word("excluded")),
    el("p", null, `${text(offerOf(card).name)} (${score(card.score)}) `, badge("ineligible")),
    card.rules ? ruleList(card.rules) : null,
    ways(card),
  );
}

function sourceList(sources) {
  const items = sources.map(([url, dated]) => el("li", null, link(text(url)), ` (${text(dated)})`));
  return el("ul", { class: "sources" }, items);
}

function excludedList(tenant) {
  const shown = tenant.ineligible.filter((card) => cardPasses(card, "ineligible"));
  const items = shown.map((card) =>
    el(
      "li",
      { id: `p-${offerOf(card).partner}`, tabindex: "-1" },
      el("b", null, text(partnerOf(card).name)),
      ` — ${text(offerOf(card).name)} (${score(card.score)}) `,
      card.rules ? ruleList(card.rules) : null,
      ways(card),
    ),
  );
  return el("ul", { class: "excluded" }, items);
}

function others(tenant) {
  const groups = tenant.others.map(([reason, count, short]) => {
    const names = short.map(([offer, fit]) =>
      el("li", null, `${text(DATA.partners[DATA.offers[offer].partner].name)} ${score(fit)}`),
    );
    return fold(`${text(reason)} ${count}`, el("ul", { class: "inline" }, names));
  });
  return el("div", { class: "others" }, groups);
}

function problemList(problems) {
  const items = problems.map(([kind, shown]) => el("li", null, `${text(kind)} — `, own(text(shown))));
  return el("ul", null, items);
}
