// Which tenants and cards are shown.
const FIELDS = ["partner", "cluster", "need", "verdict"];
const filters = { query: "", partner: "", cluster: "", need: "", verdict: "" };
const haystacks = new Map();

function haystack(tenant) {
  if (!haystacks.has(tenant)) {
    const cards = [...tenant.matches, ...tenant.near_misses];
    const parts = [
      tenant.id,
      ...[tenant.name, tenant.detail],
      ...tenant.profile.flat(),
      ...tenant.asked.map(([, label]) => label),
      ...cards.flatMap((card) => [partnerOf(card).name, offerOf(card).name]),
    ];
    const words = parts.map((part) => (typeof part === "number" ? inBothLanguages(part) : part));
    haystacks.set(tenant, folded(words.join("\n")));
  }
  return haystacks.get(tenant);
}

function partnerPasses(id) {
  const partner = DATA.partners[id];
  return (
    (!filters.partner || filters.partner === id) &&
    (!filters.cluster || partner.clusters.includes(filters.cluster))
  );
}

function cardPasses(card, list) {
  if (!partnerPasses(offerOf(card).partner)) return false;
  switch (filters.verdict) {
    case "near":
      return list === "near_misses";
    case "eligible":
    case "conditional":
      return list === "matches" && VERDICTS[card.verdict] === filters.verdict;
    case "ineligible":
      return list === "ineligible";
    default:
      return true;
  }
}

function tenantPasses(tenant) {
  const words = folded(filters.query).split(/\s+/).filter(Boolean);
  if (!words.every((part) => haystack(tenant).includes(part))) return false;
  if (filters.need && !tenant.asked.some(([need]) => need === filters.need)) return false;
  if (filters.verdict === "none") return tenant.matches.length === 0;
  if (!filters.partner && !filters.cluster && !filters.verdict) return true;
  const lists = filters.verdict === "ineligible" ? LISTS : ["matches", "near_misses"];
  return lists.some((list) => tenant[list].some((card) => cardPasses(card, list)));
}

function options(select, rows) {
  const all = el("option", { value: "" }, word("every"));
  select.replaceChildren(all, ...rows.map(([value, label]) => el("option", { value }, label)));
}

function drawFilters() {
  const order = new Intl.Collator(language);
  const byLabel = (rows) => rows.sort(([, a], [, b]) => order.compare(a, b));
  const partners = Object.entries(DATA.partners).map(([id, { name }]) => [id, text(name)]);
  const clusters = new Set(Object.values(DATA.partners).flatMap((partner) => partner.clusters));
  const needs = new Map(DATA.tenants.flatMap((tenant) => tenant.asked));
  const rows = {
    partner: byLabel(partners),
    cluster: [...clusters].sort().map((id) => [id, text(DATA.clusters[id])]),
    need: byLabel([...needs].map(([id, label]) => [id, text(label)])),
    verdict: ["eligible", "conditional", "near", "ineligible", "none"].map((id) => [
      id,
      id === "none" ? word("none") : `${MARKS[id]} ${verdictWord(id)}`,
    ]),
  };
  for (const field of FIELDS) {
    const select = document.getElementById(field);
    options(select, rows[field]);
    select.value = filters[field];
  }
  document.getElementById("query").placeholder = word("search_hint");
}
