"""What the matches of a tenant depend on beside itself, told apart offer by offer."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from matcher import __version__
from matcher.batch.order import Order, short_digest
from matcher.catalogue import Catalogue, Rule
from matcher.catalogue.conditions import comparisons
from matcher.catalogue.files import shipped_folder

_OF_OFFERS = ("partners", "rules")
"""Folders of the data whose facts are told apart by offer."""

_OF_NOBODY = ("tenants", "README.md", "clusters.toml", "precedents.csv", "bridges.toml")
"""What no ranking depends on."""

_DATED = frozenset({"younger_than"})
"""Comparisons with the day of the run itself."""


@dataclass(frozen=True)
class Prints:
    """Fingerprints of what a run rests on.

    Parameters
    ----------
    common : str
        Of what concerns every pair: version, options, vocabulary, institutions, rates.
    offers : dict of str to str
        Of each offer with its partner and the rules in effect, by id.
    """

    common: str
    offers: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return them for a manifest."""
        return asdict(self)


def take_prints(catalogue: Catalogue, order: Order, data: Path | None) -> Prints:
    """Return the fingerprints of a run.

    Parameters
    ----------
    catalogue : Catalogue
        What was read.
    order : Order
        What is asked.
    data : Path or None
        Data folder; None for the one that came with the package.
    """
    folder = data or shipped_folder()
    files = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.relative_to(folder).parts[0] not in (*_OF_OFFERS, *_OF_NOBODY)
        and not path.name.startswith(".")
    }
    asked = [__version__, order.k, order.anywhere, order.leave_out_contacted]
    # What 미국 asks for depends on where in it there are offers.
    places = sorted({place for offer in catalogue.offers for place in offer.terms["place"]})
    rules = {rule.id: _rule_print(rule, order.as_of) for rule in catalogue.rules}
    return Prints(
        short_digest([asked, files, places]),
        {
            offer.id: short_digest(
                [
                    repr(offer),
                    _partner_names(catalogue, offer.partner_id),
                    [
                        rules[rule.id]
                        for rule in catalogue.rules_of_offer[offer.id]
                        if rule.requires is not None and rule.in_effect(order.as_of)
                    ],
                ]
            )
            for offer in catalogue.offers
        },
    )


def _partner_names(catalogue: Catalogue, partner_id: str) -> list[Any]:
    """Return what of a partner decides on scores, and by which names lists mean it."""
    partner = catalogue.partner(partner_id)
    return [partner.kind, dict(partner.name), partner.aliases]


def _rule_print(rule: Rule, as_of: str) -> list[Any]:
    conditions = [each for each in (rule.when, rule.requires) if each is not None]
    dated = any(part.op in _DATED for each in conditions for part in comparisons(each))
    return [rule.id, rule.kind, rule.status, repr(conditions), as_of if dated else ""]
