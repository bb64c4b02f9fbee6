"""Dates as lists write them: in the precision stated, with a time of day or a word beside them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from matcher.intake.cells import BadValueError

_LAST_CENTURY = 60
_DATE = re.compile(
    r"^['‘’`]?(?P<year>\d{4}|\d{2})\s*[년.\-/]?\s*"
    r"(?:(?P<month>\d{1,2})\s*[월.\-/]?\s*(?:(?P<day>\d{1,2})\s*[일.]?)?)?\.?$"
)
_HALF = r"(?:오전|오후|(?i:[ap]\.?m\.?))"
_TIME = re.compile(
    rf"(?:T|\s)\s*(?:{_HALF}\s*)?(?:[01]?\d|2[0-4])"
    r"(?::[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|시(?:\s*[0-5]?\d분)?)"
    rf"(?:\s*{_HALF})?(?:\s*(?:Z|KST|(?:GMT|UTC)?[+-]\d{{1,2}}(?::?\d\d)?))?$"
)
_BESIDE = re.compile(r"\s*(?:(?:법인\s*)?(?:설립|개업|창립|창업)|초|중순|말|경)$")
"""What is said of a date behind it; 말 and 초 are no more precise than the year or month."""


def read_date(text: str) -> str:
    """Return a date in the precision in which it is stated, as ``YYYY[-MM[-DD]]``.

    Years of two digits from 00 to 59 are of this century. Five digits are the number under
    which a spreadsheet keeps a day. A time of day, as forms stamp it, is left out.

    Raises
    ------
    BadValueError
        When it is no date, none of the calendar, or none from 1900 to 2100.
    """
    hint = "write YYYY-MM-DD, YYYY-MM or YYYY"
    if re.fullmatch(r"[2-6]\d{4}", text):
        return (date(1899, 12, 30) + timedelta(int(text))).isoformat()
    bare = re.sub(r"년도$", "년", _BESIDE.sub("", _TIME.sub("", text)).strip())
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", bare)
    match = _DATE.match("-".join(compact.groups()) if compact else bare)
    if match is None:
        raise BadValueError("{text!r} is not a date", hint, text=text)
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < _LAST_CENTURY else 1900
    later = [int(part) for part in match.group("month", "day") if part]
    try:
        date(year, *later, *[1] * (2 - len(later)))
    except ValueError:
        raise BadValueError("{text!r} is not a date of the calendar", hint, text=text) from None
    if not 1900 <= year <= 2100:
        raise BadValueError("{text!r} is not a date of our time", hint, text=text)
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in later)])
