"""Where Korean words break: a mention that begins or ends within a morpheme is another word.

Plain rules find 영국 in 운영국 and 인도 in 외부인도; a morphological analysis tells that 운영 + 국
and 외부 + 인 + 도 stand there. It is an extra and off by default: its model takes 100 MB on disk
and seconds to load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from matcher.errors import MatcherError

_HANGUL = re.compile(r"[가-힣]")


class MorphemeBoundaries:
    """Tells which spans of a text begin and end where morphemes do.

    Raises
    ------
    MatcherError
        When the extra ``ko`` is not installed.
    """

    def __init__(self) -> None:
        self._kiwi = _kiwi()

    def hold(self, text: str, spans: Iterable[tuple[int, int]]) -> list[bool]:
        """Return for each span whether both its ends are boundaries of morphemes.

        An end is looked at only between two Hangul syllables: elsewhere blanks, marks and a
        change of script divide words well enough. A text without such an end is not analysed.

        Parameters
        ----------
        text : str
            As it stands; positions count its characters.
        spans : iterable of (int, int)
            Start and end of each, the end one past its last character.
        """
        spans = list(spans)
        joined = {at for span in spans for at in span if _joined(text, at)}
        if not joined:
            return [True] * len(spans)
        morphemes = self._kiwi.tokenize(text)
        wrong_starts = joined - {each.start for each in morphemes}
        wrong_ends = joined - {each.end for each in morphemes}
        return [start not in wrong_starts and end not in wrong_ends for start, end in spans]


def analyser() -> str:
    """Return the name and version of what analyses: another version may break words elsewhere."""
    import kiwipiepy  # noqa: PLC0415 - an extra

    return f"kiwipiepy {kiwipiepy.__version__}"


def _joined(text: str, at: int) -> bool:
    """Return whether Hangul stands on both sides of a position."""
    return bool(0 < at < len(text) and _HANGUL.match(text, at - 1) and _HANGUL.match(text, at))


@cache
def _kiwi() -> Any:
    """Return the analyser; it is loaded once, and works on one core."""
    try:
        from kiwipiepy import Kiwi  # noqa: PLC0415 - an extra; only who asks for it pays for it
    except ImportError as error:
        hint = "pip install 'matcher[ko]'"
        raise MatcherError(
            f"the morphological check needs {error.name}, which is not installed: {hint}"
        ) from error
    return Kiwi(num_workers=1)
