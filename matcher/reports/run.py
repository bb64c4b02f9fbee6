"""The run record: what went in, so that anyone can tell two results apart or make one again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from matcher import __version__
from matcher.catalogue import Catalogue
from matcher.intake import TenantList


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
    """

    version: str
    data_version: str
    as_of: str
    inputs: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits, the same for the same input, data, day and options."""
        content = json.dumps(
            [self.version, self.data_version, self.as_of, dict(self.inputs), dict(self.options)],
            sort_keys=True,
            ensure_ascii=False,
        )
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def as_dict(self) -> dict[str, Any]:
        """Return the record in the keys of the JSON output."""
        return {
            "id": self.id,
            "version": self.version,
            "data_version": self.data_version[:12],
            "as_of": self.as_of,
            "inputs": {name: f"sha256:{digest}" for name, digest in self.inputs.items()},
            "options": dict(self.options),
        }


def record_run(tenants: TenantList, catalogue: Catalogue, as_of: str, **options: Any) -> Run:
    """Return the record of a run over one list."""
    return Run(__version__, catalogue.version, as_of, {tenants.name: tenants.digest}, options)
