"""How far along a scale a text says something is: never a step that is still to come."""

from __future__ import annotations

import re

from matcher.catalogue.vocabulary import Facet, Term, form_key
from matcher.intake.cells import PENDING

_NOT_REACHED = re.compile(
    rf"{PENDING.pattern}|^pre|enabling|앞두|앞둔|(?<!결과)(?<!결과발표)대기|전(?:단계)?$|직전"
    r"|(?:없|않|못)[가-힣]{0,2}$|미(?:진입|개시|착수|승인|완료|실시|수행|획득)"
)
_LODGED = re.compile(r"제출|접수|심사|심의|보완|작성|대기|진행|filing|submi|underreview")
"""Beside what an authority grants: it is asked for and not given."""

_RAISING = re.compile(r"유치중|협의|오픈|예비심사|심사|청구|raising|open")
"""Beside a funding round: it is not closed."""

_RUNNING = re.compile(r"진행(?!완료)|inprogress|ongoing")
"""Beside a funding round while another is named: that one is closed, and this one is not."""

_SKIPPED = ("ind", "p1b2a", "filed", "bridge")
_GRANTED = ("approved", "cleared")
"""Steps that an authority grants: being at work on one is not having it."""

_APPLIED_FOR = {"approved": "filed"}
"""The step that is reached while an authority decides on the next."""

_NOT_OF_PRODUCTS = re.compile(
    r"^(?!.*(?:ce|fda|510k)).*(?:gmp|glp|iso|기업|벤처|이노비즈|메인비즈|연구소|연구실|신기술)"
)
"""Beside 인증: a factory, a system or a company is certified and no product cleared."""

_TRIAL_APPROVED = re.compile(r"상(?:임상)?(?:시험)?승인(?:완료)?$")
_YEAR = re.compile(r"20\d\d|(?<!\d)'?\d\d년|'\d\d")
_DONE = re.compile(r"완료|승인|획득|취득|종료|진행|completed|ongoing")
_PARTS = re.compile(r"[(),;/\n]|→|->|(?<=완료|종료)\s*이?후")
_REMARK = re.compile(
    r"\(\s*((?:[\d'.~년월일분기하반초말\s-]|상반기|승인|개시|착수|진입)*"
    rf"(?:{PENDING.pattern}|제출|접수|심사|심의|대기|진행|유치|협의|in progress)"
    r"\s*(?:중|단계)?)\s*\)"
)
"""A bracket that says of what stands before it how far it is, and nothing else."""


def open_remarks(text: str) -> str:
    """Return the text with remarks on progress out of their brackets: ``1상(준비중)``."""
    return _REMARK.sub(r" \1", text)


def furthest_reached(text: str, facet: Facet) -> Term | None:
    """Return the furthest term on a scale that the text says is reached, never one to come.

    ``IND 승인(1상 준비중)`` is ``ind``. Where only a step to come is named (``2상 준비중``), it is
    the step before.

    Parameters
    ----------
    text : str
        Of the cell.
    facet : Facet
        Its terms have places on scales.

    Returns
    -------
    Term or None
        None where the text names no step, or none lies before the one to come.
    """
    reached: list[Term] = []
    to_come: list[Term] = []
    parts = _PARTS.split(text)
    named = [(part, *_longest_form(part, facet)) for part in parts]
    alone = sum(term is not None for _, term, _ in named) == 1
    for part, term, rest in named:
        if term is None or (term.id in _GRANTED and _NOT_OF_PRODUCTS.search(rest)):
            continue
        planned = _is_planned(part, term, reached + to_come)
        pending = planned or _NOT_REACHED.search(rest) is not None
        if not pending and term.id in _APPLIED_FOR and _LODGED.search(rest):
            reached.append(facet.terms[_APPLIED_FOR[term.id]])
        elif pending or _is_under_way(part, rest, term, facet, alone=alone):
            to_come.append(term)
        else:
            reached.append(term)
    if reached:
        return max(reached, key=_place)
    return _before(min(to_come, key=_place), facet) if to_come else None


def _place(term: Term) -> tuple[str, float]:
    return term.scale or ("", 0.0)


def _is_under_way(part: str, rest: str, term: Term, facet: Facet, *, alone: bool) -> bool:
    """Return whether a step is at work on, not reached, by what is special to its kind."""
    if facet.id == "round":
        return bool(_RAISING.search(rest) or (not alone and _RUNNING.search(rest)))
    if term.id in _GRANTED:
        return _LODGED.search(rest) is not None
    if term.id == "ind":
        return _LODGED.search(rest) is not None and "승인" not in rest
    # What allows a trial is not a trial that has begun; the approval itself is another stage.
    return (
        _TRIAL_APPROVED.search(form_key(part)) is not None
        or ("ind" in rest and _LODGED.search(rest) is not None and "진행" not in rest)
        or ("irb" in rest and "진행" not in rest)
    )


def _is_planned(part: str, term: Term, earlier: list[Term]) -> bool:
    """Return whether a part gives the year of a step after a lower one: ``비임상, 27년 1상``.

    Of rounds it gives the year in which they were closed.
    """
    track, at = _place(term)
    return (
        track != "round"
        and _YEAR.search(part) is not None
        and _DONE.search(part) is None
        and any(_place(other)[0] == track and _place(other)[1] < at for other in earlier)
    )


def _longest_form(text: str, facet: Facet) -> tuple[Term | None, str]:
    """Return the term whose form in the text is the longest, and what the text says beside it.

    A form of another scale that runs into it from before is what is meant:
    ``확증 임상시험계획 승인`` is of a device.
    """
    key = form_key(text)
    found = [
        (key.find(form), form, term)
        for term in facet
        for form in map(form_key, term.forms)
        if len(form) > 1 and form in key and not is_negated(key, key.find(form))
    ]
    if not found:
        return None, key
    start, form, term = max(found, key=lambda each: len(each[1]))
    for other_start, other_form, other in found:
        runs_in = other_start < start < other_start + len(other_form)
        if runs_in and _place(other)[0] != _place(term)[0]:
            form, term = other_form, other
            break
    return term, key.replace(form, "", 1)


def is_negated(key: str, at: int) -> bool:
    """Return whether what stands at a place is turned round: 비상장 is not 상장."""
    return key[max(at - 1, 0) : at] in ("비", "미", "무")


def _before(term: Term, facet: Facet) -> Term | None:
    """Return the step before one to come; before phase 1 that is the nonclinical stage.

    Steps that not every company takes are not assumed: a trial that is being prepared may not be
    approved yet, phase 2 may follow phase 1 without a 1b/2a between them, and an approval that is
    being prepared may not be filed for.
    """
    track, at = _place(term)
    steps = [other for other in facet if other.scale and other.scale[0] == track]
    below = [step for step in steps if _place(step)[1] < at and step.id not in _SKIPPED]
    return max(below, key=_place) if below else None
