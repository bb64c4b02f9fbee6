"""The run record: what went in, so that anyone can tell two results apart or make one again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher import __version__
from matcher.catalogue import Catalogue
from matcher.intake import Tenant, TenantList
from matcher.quantities import as_json

_OF_NO_ACCOUNT = frozenset({"name_ko", "name_en", "survey_date", "source_ref", "consent_external"})
"""Fields of a tenant that no score and no rule looks at."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a result was made of.

    Parameters
    ----------
    version : str
        Of the program.
    data_version : str
        Fingerprint of the data folder.
    as_of : str
        Day on which rules were judged.
    inputs : mapping of str to str
        SHA-256 by file name.
    options : mapping of str to Any
        What was asked for and changes the result.
    weights : mapping of str to float
        Share of each block in the score; they are part of the data, and shown.
    rates : mapping of str to float
        Won per unit of each currency; they are part of the data, and shown.
    rates_as_of : str or None
        Day of the rates.
    """

    version: str
    data_version: str
    as_of: str
    inputs: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    rates: Mapping[str, float] = field(default_factory=dict)
    rates_as_of: str | None = None

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits, the same for the same input, data, day and options."""
        return _digest(
            [self.version, self.data_version, self.as_of, dict(self.inputs), dict(self.options)]
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the record in the keys of the JSON output."""
        return {
            "id": self.id,
            "version": self.version,
            "data_version": self.data_version[:12],
            "as_of": self.as_of,
            "inputs": {name: f"sha256:{digest}" for name, digest in self.inputs.items()},
            "options": dict(self.options),
            "weights": dict(self.weights),
            "rates": {"as_of": self.rates_as_of, **self.rates},
        }

    def decision_id(self, basis: str, offer_id: str) -> str:
        """Return twelve hexadecimal digits that name what was decided on a pair.

        They are the same for the same cells of the tenant, offer, data and day, read in the same
        way, whatever else is in the list.

        Parameters
        ----------
        basis : str
            What of the tenant counts, by `basis_of`.
        offer_id : str
            Full id of the offer.
        """
        way = [self.options["morphology"]] if "morphology" in self.options else []
        return _digest([basis, offer_id, self.data_version, self.as_of, *way])


def record_run(tenants: TenantList, catalogue: Catalogue, as_of: str, **options: Any) -> Run:
    """Return the record of a run over one list."""
    return Run(
        __version__,
        catalogue.version,
        as_of,
        {tenants.name: tenants.digest},
        options,
        {name: block.weight for name, block in catalogue.vocabulary.weights.blocks.items()},
        catalogue.rates.krw_per,
        catalogue.rates.as_of,
    )


def basis_of(tenant: Tenant) -> str:
    """Return a digest of what of a tenant counts: its id, what its cells mean, and their words."""
    counts = {
        field: [as_json(value), tenant.stated.get(field, "")]
        for field, value in tenant.values.items()
        if field not in _OF_NO_ACCOUNT
    }
    return _digest([tenant.tenant_id, counts])


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
