// What the page knows: numbers once, texts in pairs that the language chooses from.
const DATA = JSON.parse(document.getElementById("content").textContent);
const LISTS = ["matches", "near_misses", "ineligible"];
const MARKS = { eligible: "●", conditional: "◐", near: "△", ineligible: "×" };
const VERDICTS = ["eligible", "conditional", "ineligible"]; // in the order of DATA.verdicts

let language = DATA.language;

function text(at) {
  const found = DATA.texts[at];
  return typeof found === "string" ? found : found[language === "en" ? 1 : 0];
}

function word(key) {
  return text(DATA.words[key]);
}

function score(thousandths) {
  return (thousandths / 1000).toFixed(3);
}

function inBothLanguages(at) {
  const found = DATA.texts[at];
  return typeof found === "string" ? found : found.join(" ");
}

function folded(found) {
  return found.normalize("NFKC").toLowerCase();
}

function offerOf(card) {
  return DATA.offers[card.offer];
}

function partnerOf(card) {
  return DATA.partners[offerOf(card).partner];
}

// Where each partner stands for a tenant: by its id, the list and the card.
function standings(tenant) {
  const found = new Map();
  for (const list of LISTS) {
    for (const card of tenant[list]) {
      found.set(offerOf(card).partner, { list, score: card.score, verdict: card.verdict });
    }
  }
  for (const [reason, , cards] of tenant.others) {
    for (const [offer, fit, verdict] of cards) {
      found.set(DATA.offers[offer].partner, { list: "others", score: fit, verdict, reason });
    }
  }
  return found;
}

function markOf(standing) {
  if (standing.list === "near_misses") return "near";
  return standing.list === "others" ? "" : VERDICTS[standing.verdict];
}

function verdictWord(mark) {
  return mark === "near" ? word("near") : text(DATA.verdicts[VERDICTS.indexOf(mark)]);
}
