"""Amounts of money as lists write them: with units, currencies, ranges and bounds."""

from __future__ import annotations

import math
import re

from matcher.catalogue.vocabulary import fold
from matcher.intake.cells import RANGE_MARK, BadValueError
from matcher.intake.won import KRW_UNITS, is_several, won
from matcher.quantities import Money

_CURRENCIES = (
    (re.compile(r"(?i)(?<!u)sg?\$|sgd|싱가포르달러|싱달러"), "SGD"),
    (re.compile(r"(?i)us\$|usd|\$|달러|불|dollars?"), "USD"),
    (re.compile(r"(?i)krw|₩|원"), "KRW"),
)
_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9}
_ALL_SCALES = {
    **{"십억": 1e9, "백억": 1e10, "천억": 1e11, "thousand": 1e3},
    **{word: scale for word, scale in {**KRW_UNITS, **_SCALES}.items() if word},
}
_SCALE_WORD = "|".join(sorted(_ALL_SCALES, key=len, reverse=True))
_MONEY_WORD = r"원|달러|불|usd|sgd|krw|[us]?s?\$"
_UNIT_BEFORE = re.compile(rf"({_SCALE_WORD})(?:{_MONEY_WORD})")  # 백만원, k usd
_UNIT_AFTER = re.compile(rf"(?:{_MONEY_WORD})({_SCALE_WORD})(?![a-z])")  # usd thousand
_UNIT_ALONE = re.compile(r"(?<![가-힣\d])(십억|백억|천억|천만|백만|십만|조|억|만|천)(?![가-힣])")
_MONEY_HINT = "write the unit: 85억원, 1,200백만원, USD 9.5M"
_SEVERAL = "{text!r} states several amounts"
_SEVERAL_HINT = "write one amount, or a sum with +"
_BOUND = re.compile(r"이상|초과|이하|미만|이내")
_BOUND_BEFORE = {"최대": "이하", "최소": "이상"}
_YEAR_BEFORE = re.compile(r"^(?:(?:['‘’`]\d|20\d|2)\d년(?:도|말)?(?:기준)?|연간?)(?=\d|최[대소])")
_ROUND = re.compile(r"(?i)시드|seed|(?:프리|pre-?)?(?:시리즈|series)[a-g]|(?:프리|pre-?)a")


def read_money(text: str, unit: str | None) -> Money:
    """Return an amount with its unit, a range of it, a bound (이상, 이하) or a sum (+).

    Parameters
    ----------
    text : str
        The cell.
    unit : str or None
        Unit of the header; the unit of the cell goes before it.

    Raises
    ------
    BadValueError
        When it is no amount, several of them, or has no unit anywhere.
    """
    bare = re.sub(r"[,\s]|약|총|내외|여(?=[조억천백십만원])", "", text)
    bare = re.sub(r"[+↑]$", "이상", bare)
    if not re.search(r"\d", bare) or re.search(r"^-|\(-", bare):
        raise BadValueError("{text!r} is not an amount of money", _MONEY_HINT, text=text)
    bare = _without_words(bare)
    bound = _BOUND.search(bare)
    bare = _BOUND.sub("", bare)
    currency = _currency(bare)
    if currency is not None:
        unit = None  # 85,000원 under (백만원) is stated in won
    elif unit is not None:
        currency = _currency(unit) or ("KRW" if _unit_scale(unit) else None)
    if len({_currency(part) or "KRW" for part in bare.split("+")}) > 1:
        raise BadValueError(_SEVERAL, _SEVERAL_HINT, text=text)
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
    if any(map(is_several, ends)):
        raise BadValueError(_SEVERAL, _SEVERAL_HINT, text=text)
    amounts = [_sum(end, currency, unit) for end in ends]
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
        case "이하" | "이내":
            low = 0.0
        case "미만":
            low, high = 0.0, math.nextafter(high, 0.0)
    return Money(low, high, currency or "KRW")


def _currency(text: str) -> str | None:
    return next((code for pattern, code in _CURRENCIES if pattern.search(text)), None)


def _without_words(text: str) -> str:
    """Return an amount without the year and the words that stand around it."""
    bare = re.sub(r"(?:투자)?유치(?:완료)?$", "", _YEAR_BEFORE.sub("", text))
    if "+" in bare:
        bare = _ROUND.sub("", bare)
    before = _BOUND_BEFORE.get(bare[:2])
    return bare if before is None or _BOUND.search(bare) else bare[2:] + before


def _sum(text: str, currency: str | None, unit: str | None) -> float | None:
    """Return the sum of amounts with ``+`` between them, all with a scale or all without."""
    number = _number_with_scale if currency in ("USD", "SGD") else _won
    parts = text.split("+")
    amounts = [number(part, currency, unit) for part in parts]
    known = [amount for amount in amounts if amount is not None]
    scaled = {part[-1:].isdigit() for part in parts}
    return _exact(sum(known)) if len(known) == len(parts) and len(scaled) == 1 else None


def _number_with_scale(text: str, currency: str | None, unit: str | None) -> float | None:
    match = re.fullmatch(
        r"(\d+(?:\.\d+)?)(k|mn?|million|bn?|billion|천만|백만|만|천|억|)", text.lower()
    )
    if match is None:
        return None
    scale = _SCALES.get(match[2]) or KRW_UNITS.get(match[2])
    if not match[2] and unit is not None and _currency(unit) == currency:
        scale = _unit_scale(unit)
    return None if scale is None else _exact(float(match[1]) * scale)


def _won(text: str, currency: str | None, unit: str | None) -> float | None:
    if not re.fullmatch(r"\d+(?:\.\d+)?", text):
        amount = won(text)
        return None if amount is None else _exact(amount)
    if currency is None:
        return None
    scale = _unit_scale(unit) if unit is not None else 1.0
    return None if scale is None else _exact(float(text) * scale)


def _unit_scale(unit: str) -> float | None:
    """Return what ``단위: 백만원, 2025년 말`` multiplies with; None if it is no unit of money."""
    text = re.sub(r"\s", "", fold(unit)).lower()
    match = _UNIT_BEFORE.search(text) or _UNIT_AFTER.search(text) or _UNIT_ALONE.search(text)
    if match is not None:
        return _ALL_SCALES[match[1]]
    return 1.0 if _currency(text) else None


def _exact(amount: float) -> float:
    return round(amount, 2)  # 1.2 x 10^8 is not a whole number in binary
