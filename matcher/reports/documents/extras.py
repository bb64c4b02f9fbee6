"""Formats whose libraries are extras: a clear word where one is not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matcher.errors import MatcherError


@contextmanager
def needs_extra(extra: str, what: str) -> Iterator[None]:
    """Turn a library that is missing into a message that says how to install it.

    Parameters
    ----------
    extra : str
        Name of the extra that installs it.
    what : str
        What it writes.

    Raises
    ------
    MatcherError
        When something cannot be imported.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        hint = f"pip install 'matcher[{extra}]'"
        raise MatcherError(f"{what} needs {error.name}, which is not installed: {hint}") from error
