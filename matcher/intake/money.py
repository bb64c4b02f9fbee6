"""Amounts of money as lists write them: with units, currencies, ranges and bounds."""

from __future__ import annotations

import math
import re

from matcher.catalogue.vocabulary import fold
from matcher.intake.cells import RANGE_MARK, BadValueError
from matcher.quantities import Money

_KRW_UNITS = {
    "조": 1e12,
    "천억": 1e11,
    "백억": 1e10,
    "십억": 1e9,
    "억": 1e8,
    "천만": 1e7,
    "백만": 1e6,
    "십만": 1e5,
    "만": 1e4,
    "천": 1e3,
    "": 1.0,
}
_KRW_PART = re.compile(r"(\d+(?:\.\d+)?)(조|천억|백억|십억|억|천만|백만|십만|만|천|)")
_CURRENCIES = (
    (re.compile(r"(?i)(?<!u)sg?\$|sgd|싱가포르달러|싱달러"), "SGD"),
    (re.compile(r"(?i)us\$|usd|\$|달러|불|dollars?"), "USD"),
    (re.compile(r"(?i)krw|₩|원"), "KRW"),
)
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_ALL_SCALES = {
    **{"십억": 1e9, "백억": 1e10, "천억": 1e11, "thousand": 1e3},
    **{word: scale for word, scale in {**_KRW_UNITS, **_SCALES}.items() if word},
}
_SCALE_WORD = "|".join(sorted(_ALL_SCALES, key=len, reverse=True))
_MONEY_WORD = r"원|달러|불|usd|sgd|krw|[us]?s?\$"
_UNIT_BEFORE = re.compile(rf"({_SCALE_WORD})(?:{_MONEY_WORD})")  # 백만원, k usd
_UNIT_AFTER = re.compile(rf"(?:{_MONEY_WORD})({_SCALE_WORD})(?![a-z])")  # usd thousand
_UNIT_ALONE = re.compile(r"(?<![가-힣\d])(십억|백억|천억|천만|백만|십만|조|억|만|천)(?![가-힣])")
_MONEY_HINT = "write the unit: 85억원, 1,200백만원, USD 9.5M"


def read_money(text: str, unit: str | None) -> Money:
    """Return an amount with its unit, a range of it, or a bound (이상, 이하).

    Parameters
    ----------
    text : str
        The cell.
    unit : str or None
        Unit of the header; the unit of the cell goes before it.

    Raises
    ------
    BadValueError
        When it is no amount, or has no unit anywhere.
    """
    bare = re.sub(r"[,\s]|약|총|내외|여(?=[조억천백십만원])", "", text)
    bare = re.sub(r"[+↑]$", "이상", bare)
    if not re.search(r"\d", bare) or re.search(r"^-|\(-", bare):
        raise BadValueError("{text!r} is not an amount of money", _MONEY_HINT, text=text)
    bound = re.search(r"이상|초과|이하|미만", bare)
    bare = re.sub(r"이상|초과|이하|미만", "", bare)
    currency = _currency(bare)
    if currency is not None:
        unit = None  # 85,000원 under (백만원) is stated in won
    elif unit is not None:
        currency = _currency(unit) or ("KRW" if _unit_scale(unit) else None)
    number = _number_with_scale if currency in ("USD", "SGD") else _won
    for pattern, _ in _CURRENCIES:
        bare = pattern.sub("", bare)
    ends = RANGE_MARK.split(bare)
    if len(ends) > 2:
        raise BadValueError("{text!r} is not an amount of money", _MONEY_HINT, text=text)
    scale = re.sub(r"[\d.]", "", ends[-1])
    if len(ends) == 2:
        stated = re.sub(r"[\d.]", "", ends[0])
        if scale.startswith(stated):
            ends[0] += scale[len(stated) :]  # "60~80억", "3천~5천만": the unit belongs to both
    amounts = [number(end, currency, unit) for end in ends]
    if None in amounts:
        raise BadValueError(
            "{text!r} has no unit, or one that is not known", _MONEY_HINT, text=text
        )
    low, high = float(amounts[0] or 0), float(amounts[-1] or 0)
    if low > high:
        raise BadValueError("{text!r} is a range upside down", _MONEY_HINT, text=text)
    match bound and bound[0]:
        case "이상":
            high = math.inf
        case "초과":
            low, high = math.nextafter(low, math.inf), math.inf
        case "이하":
            low = 0.0
        case "미만":
            low, high = 0.0, math.nextafter(high, 0.0)
    return Money(low, high, currency or "KRW")


def _currency(text: str) -> str | None:
    return next((code for pattern, code in _CURRENCIES if pattern.search(text)), None)


def _number_with_scale(text: str, currency: str | None, unit: str | None) -> float | None:
    match = re.fullmatch(
        r"(\d+(?:\.\d+)?)(k|mn?|million|bn?|billion|천만|백만|만|천|억|)", text.lower()
    )
    if match is None:
        return None
    scale = _SCALES.get(match[2]) or _KRW_UNITS.get(match[2])
    if not match[2] and unit is not None and _currency(unit) == currency:
        scale = _unit_scale(unit)
    return None if scale is None else _exact(float(match[1]) * scale)


def _won(text: str, currency: str | None, unit: str | None) -> float | None:
    text = re.sub(r"(?<=억)(\d+)천$", r"\1천만", text)  # "3억 5천" is said of 350 million
    parts = _KRW_PART.findall(text)
    if not parts or "".join(number + scale for number, scale in parts) != text:
        return None
    if all(not scale for _, scale in parts):
        if currency is None:
            return None
        scale = _unit_scale(unit) if unit is not None and len(parts) == 1 else 1.0
        return None if scale is None else _exact(float(parts[0][0]) * scale)
    return _exact(sum(float(number) * _KRW_UNITS[scale] for number, scale in parts))


def _unit_scale(unit: str) -> float | None:
    """Return what ``단위: 백만원, 2025년 말`` multiplies with; None if it is no unit of money."""
    text = re.sub(r"\s", "", fold(unit)).lower()
    match = _UNIT_BEFORE.search(text) or _UNIT_AFTER.search(text) or _UNIT_ALONE.search(text)
    if match is not None:
        return _ALL_SCALES[match[1]]
    return 1.0 if _currency(text) else None


def _exact(amount: float) -> float:
    return round(amount, 2)  # 1.2 x 10^8 is not a whole number in binary
