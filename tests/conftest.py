"""Fixtures that many tests share."""

import csv
import io

import openpyxl
import pytest

from matcher import Catalogue, read_catalogue, read_tenants
from matcher.intake.values import read_cell


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that ships with the package."""
    return read_catalogue()


@pytest.fixture(scope="session")
def read_rows(catalogue):
    """Read a tenant list from its rows, as CSV, or as a workbook where cells are merged."""

    def read(*rows, merged=None, **options):
        content = to_csv(rows) if merged is None else to_workbook(rows, merged)
        return read_tenants(content, catalogue.vocabulary, name="list", **options)

    return read


@pytest.fixture
def read(catalogue):
    """Return what a cell means, and the words in it that are not known."""

    def read(field: str, text: str):
        reading = read_cell(text, catalogue.vocabulary.fields[field], catalogue.vocabulary)
        return reading.value, reading.unknown

    return read


def to_csv(rows) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def to_workbook(rows, merged=()) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
