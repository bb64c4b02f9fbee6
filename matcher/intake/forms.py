"""Application forms in HWPX and DOCX: one table of answers makes one row of a list."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from matcher.errors import DataError, Problem
from matcher.intake.files import Sheet

_HINT = "install the extra 'forms', or copy the answers into a spreadsheet"


def read_form(content: bytes, name: str, *, word: bool) -> Sheet:
    """Return the answers of a form as a table of one row.

    Labels stand left of their answers, in one pair of columns or several.

    Parameters
    ----------
    content : bytes
        The document.
    name : str
        Its name, for messages.
    word : bool
        Whether it is DOCX; HWPX otherwise.

    Raises
    ------
    DataError
        When the document cannot be read, or the library for its format is not installed.
    """
    try:
        rows = list(_docx_rows(content) if word else _hwpx_rows(content))
    except ImportError as error:
        raise _unreadable(name, f"needs {error.name} to be read", _HINT) from error
    except Exception as error:
        raise _unreadable(name, "is not a form that can be read", _HINT) from error
    answers: dict[str, str] = {}
    for row in rows:
        for label, answer in zip(row[::2], row[1::2], strict=False):
            if label.strip() and answer.strip() and label != answer:
                answers.setdefault(label.strip(), answer.strip())
    return Sheet([(1, list(answers)), (2, list(answers.values()))], header_row=1)


def _docx_rows(content: bytes) -> Iterator[Sequence[str]]:
    import docx  # noqa: PLC0415 - an extra; few lists are forms

    for table in docx.Document(io.BytesIO(content)).tables:
        for row in table.rows:
            cells = {id(cell._tc): cell.text for cell in row.cells}  # a merged cell comes once
            yield [unicodedata.normalize("NFC", text) for text in cells.values()]


def _hwpx_rows(content: bytes) -> Iterator[Sequence[str]]:
    from hwpx import HwpxDocument  # noqa: PLC0415 - an extra; few lists are forms

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = HwpxDocument.open(io.BytesIO(content))
        for paragraph in document.paragraphs:
            for table in paragraph.tables:
                for row in range(table.row_count):
                    # A list, for an id may be used again once its cell is let go.
                    cells = [table.cell(row, column) for column in range(table.column_count)]
                    texts = {id(cell.element): cell.text or "" for cell in cells}
                    yield [unicodedata.normalize("NFC", text) for text in texts.values()]


def _unreadable(name: str, what: str, hint: str) -> DataError:
    return DataError([Problem("unreadable", Path(name).name, None, None, what, hint)])
