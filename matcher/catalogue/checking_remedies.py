"""What remedies must have in common with fields, places, partners and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from matcher.catalogue.checking import check_circle, check_field, check_term, problem_in
from matcher.catalogue.remedies import BLANKS, Remedies, Remedy, blanks
from matcher.catalogue.tables import near
from matcher.catalogue.vocabulary import Vocabulary
from matcher.errors import Problem

_NAME = "remedies.toml"


def check_remedies(
    remedies: Remedies, vocabulary: Vocabulary, roles: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield what is wrong with remedies.

    Parameters
    ----------
    remedies : Remedies
        As read.
    vocabulary : Vocabulary
        Fields, places, needs and types of partners.
    roles : mapping of str to str
        Role of each partner that could be read; bridges must be among them.
    """
    known = {remedy.id for remedy in remedies.remedies}
    for remedy in remedies.remedies:
        where = f"remedy {remedy.id!r}"
        yield from _check_sets(where, remedy, vocabulary)
        for facet, terms in (
            ("need", remedy.needs),
            ("partner_type", remedy.kinds),
            ("place", (*remedy.places, *remedy.bridges)),
        ):
            for term in terms:
                yield from check_term(_NAME, where, term, vocabulary.facets[facet])
        for bridge in (each for ids in remedy.bridges.values() for each in ids):
            if roles.get(bridge, "bridge") != "bridge" or bridge not in roles:
                bridges = [each for each, role in roles.items() if role == "bridge"]
                what = f"{where}: {bridge!r} is no bridge"
                yield problem_in(_NAME, what, near(bridge, bridges, "see partners/"))
        for first in remedy.after:
            if first not in known:
                what = f"{where}: after {first!r} is no remedy"
                yield problem_in(_NAME, what, near(first, known, "name one of the file"))
    order = {remedy.id: remedy.after for remedy in remedies.remedies}
    yield from check_circle(_NAME, order, "after")
    unchanged = (*remedies.fixed, *remedies.limits)
    yield from _check_fields("unchanged", unchanged, vocabulary)
    for remedy in remedies.remedies:
        for field in remedy.sets:
            if remedies.is_fixed(field):
                what = f"remedy {remedy.id!r} sets {field!r}, which never changes"
                yield problem_in(_NAME, what, "take it out of one of them")


def _check_sets(where: str, remedy: Remedy, vocabulary: Vocabulary) -> Iterator[Problem]:
    yield from _check_fields(where, remedy.sets, vocabulary)
    if not remedy.sets:
        yield problem_in(_NAME, f"{where} sets nothing", "name the field that it changes")
    texts = (*remedy.action.values(), *(remedy.agreement or {}).values())
    for template in (*remedy.sets.values(), *texts):
        try:
            strange = blanks(template) - set(BLANKS)
        except ValueError as error:
            yield problem_in(_NAME, f"{where}: {template!r}: {error}", "braces go in pairs")
            continue
        for blank in sorted(strange):
            what = f"{where}: there is no blank {{{blank}}}"
            yield problem_in(_NAME, what, near(blank, BLANKS, f"one of {', '.join(BLANKS)}"))
    field = vocabulary.fields.get(next(iter(remedy.sets), ""))
    if field is None:
        return
    for code in remedy.to:
        if field.facet is not None:
            yield from check_term(_NAME, where, code, vocabulary.facets[field.facet])
        elif code not in field.codes:
            what = f"{where}: {code!r} is no code of {field.id}"
            yield problem_in(_NAME, what, f"one of {', '.join(field.codes)}")


def _check_fields(where: str, fields: Iterable[str], vocabulary: Vocabulary) -> Iterator[Problem]:
    for field in fields:
        yield from check_field(_NAME, where, field, vocabulary.fields)
