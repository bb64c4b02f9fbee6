"""The words of a text as they are compared, in Korean and English, without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUNS = re.compile(r"[a-z0-9]+|[가-힣]+")
_STEM = 5
"""Letters that forms of a long Latin word have in common: organoid, organoids."""


def compared_words(text: str) -> Iterator[str]:
    """Yield the words of a text as they are compared.

    Latin words stand for themselves, and long ones also for their stem (``organ-``). Korean is
    taken in pairs of syllables: endings and compounds need no dictionary then.
    """
    for run in _RUNS.findall(text.lower()):
        if not run[0].isascii():
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
            continue
        yield run
        if len(run) > _STEM + 1:
            yield f"{run[:_STEM]}-"
