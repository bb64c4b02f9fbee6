"""Steps of a route, open questions and what stands in the way, in a reader's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.catalogue import Bridge, Catalogue, ask_of
from matcher.eligibility import Blocker, PairVerdict
from matcher.recommender import Helper, Link, Step
from matcher.reports import labels
from matcher.reports.labels import word


@dataclass(frozen=True, slots=True)
class HelperLine:
    """A partner that can serve a step: who, how well it fits, by way of whom."""

    partner: str
    offer: str
    fit: float
    excluded: bool
    bridges: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a route: what to do, with whom, by way of whom.

    `partners` and `bridges` are names; `bridges` those to the first partner, or whom to ask.
    """

    action: str
    partners: tuple[str, ...]
    bridges: tuple[str, ...]
    helpers: tuple[HelperLine, ...] = ()
    question: str = ""
    proof: str = ""
    takes: str = ""


class StepLiner:
    """Puts steps into the words of one language.

    Parameters
    ----------
    catalogue : Catalogue
        Names.
    language : {'ko', 'en'}
        Of the words.
    """

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self.catalogue = catalogue
        self.language = language
        self._access: dict[str, tuple[str, ...]] = {}

    def step(self, step: Step) -> StepLine:
        """Return a step in words."""
        return StepLine(
            step.action[self.language],
            tuple(map(self.name, step.partners)),
            tuple(map(self.link, step.links)),
            tuple(map(self._helper, step.helpers)),
            step.question[self.language] if step.question else "",
            step.proof[self.language] if step.proof else "",
            f"{step.takes.text[self.language]} <{step.takes.url}>" if step.takes else "",
        )

    def name(self, partner_id: str) -> str:
        """Return the name of a partner."""
        return self.catalogue.partner(partner_id).name[self.language]

    def link(self, link: Link) -> str:
        """Return a bridge with how it is known, and since when."""
        return f"{self.name(link.id)} ({self._known(link.basis, link.record)})"

    def access(self, partner_id: str) -> tuple[str, ...]:
        """Return who in Korea opens the door of a partner, the surest and newest first."""
        if partner_id not in self._access:
            newest = sorted(
                self.catalogue.bridges_of(partner_id),
                key=lambda bridge: bridge.as_of or "",
                reverse=True,
            )
            bridges = sorted(newest, key=lambda each: (each.basis != "sourced", not each.confirmed))
            ways: dict[str, str] = {}
            for bridge in bridges:
                name = self.catalogue.name_of(bridge.origin)[self.language]
                ways.setdefault(name, f"{name} ({self._known(bridge.basis, bridge)})")
            self._access[partner_id] = tuple(ways.values())
        return self._access[partner_id]

    def _known(self, basis: str, record: Bridge | None) -> str:
        notes = [labels.BASES[basis][self.language]]
        if record is not None and basis == "sourced":
            notes.append(record.as_of or word("undated", self.language))
            if not record.confirmed:
                notes.append(word("recheck_link", self.language))
        return ", ".join(notes)

    def blocker(self, blocker: Blocker) -> str:
        """Return a fact that stands in the way, and why no step changes it."""
        field = self.catalogue.vocabulary.fields[blocker.field]
        label = field.label[self.language]
        if not blocker.known:
            return f"{label} — {word('ask_first', self.language)}: {ask_of(field)[self.language]}"
        why = self.catalogue.remedies.why_not(blocker.field)[self.language]
        return f"{label} — {blocker.rule.label[self.language]}: {why}"

    def questions(self, fields: Sequence[str]) -> tuple[str, ...]:
        """Return the questions that would fill fields."""
        known = self.catalogue.vocabulary.fields
        return tuple(ask_of(known[field])[self.language] for field in fields)

    def _helper(self, helper: Helper) -> HelperLine:
        return HelperLine(
            self.name(helper.partner_id),
            self.catalogue.offer(helper.offer_id).name[self.language],
            helper.fit,
            helper.verdict == PairVerdict.INELIGIBLE,
            tuple(map(self.link, helper.links)),
        )


def step_text(step: StepLine, language: str) -> str:
    """Return a step on one line."""
    parts = [step.action]
    if step.partners:
        parts.append(f"{word('with', language)}: {', '.join(step.partners)}")
    if step.bridges:
        parts.append(f"{word('bridges', language)}: {', '.join(step.bridges)}")
    if step.question:
        parts.append(f"{word('ask_first', language)}: {step.question}")
    return " · ".join(parts)


def helper_texts(step: StepLine, language: str) -> Iterator[str]:
    """Yield whom a step can be taken with, best fit first, each with the ways to it."""
    for helper in step.helpers:
        excluded = f" · {labels.VERDICTS['ineligible'][language]}" if helper.excluded else ""
        ways = f" ← {', '.join(helper.bridges)}" if helper.bridges else ""
        yield f"{helper.partner} — {helper.offer} ({helper.fit:.2f}{excluded}){ways}"
