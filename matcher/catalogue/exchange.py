"""Dated exchange rates, so that money can be compared with a limit in another currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.catalogue.provenance import read_date

CURRENCIES = ("KRW", "USD", "SGD")
"""Currencies in which lists state money: each needs a rate."""


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Won per unit of each currency on a day.

    Parameters
    ----------
    krw_per : mapping of str to float
        Won per whole unit, by ISO code.
    as_of : str or None
        Day of the rates.
    """

    krw_per: Mapping[str, float]
    as_of: str | None

    def convert(self, amount: float, currency: str, to: str) -> float:
        """Return the amount in another currency; both go through won.

        Raises
        ------
        KeyError
            When there is no rate for one of them.
        """
        if currency == to:
            return amount
        return amount * self.krw_per[currency] / self.krw_per[to]


def build_rates(entry: Mapping[str, Any]) -> ExchangeRates:
    """Return the rates from ``exchange_rates.toml``.

    Raises
    ------
    ValueError
        When the rate of the won is not 1.
    """
    if entry["krw_per"]["KRW"] != 1:
        raise ValueError("krw_per.KRW is the unit: its rate is 1")
    return ExchangeRates(
        {currency: float(rate) for currency, rate in entry["krw_per"].items()},
        read_date(entry.get("as_of")),
    )
