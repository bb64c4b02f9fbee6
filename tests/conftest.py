"""Fixtures that many tests share."""

import pytest

from matcher import Catalogue, read_catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that ships with the package."""
    return read_catalogue()
