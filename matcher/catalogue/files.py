"""Where the data folder is, and the one place where its files are read."""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import rtoml

from matcher.catalogue.locating import line_of
from matcher.errors import DataError, Problem

_LINE = re.compile(r" at line (\d+) column \d+$")
_CURATED = (".toml", ".csv")
_PARTS = ("vocabulary", "partners", "rules")


def shipped_folder() -> Path:
    """Return the data folder that came with the package.

    Beside the modules in an installed copy, beside the package in a checkout.
    """
    package = Path(__file__).resolve().parents[1]
    installed = package / "data"
    return installed if installed.is_dir() else package.parent / "data"


class DataFolder:
    """A data folder, or one laid over the shipped one.

    A folder with a vocabulary of its own stands alone. One without adds its files to the shipped
    ones, and a file of the same name takes the place of the shipped one.

    Parameters
    ----------
    folder : Path, optional
        The shipped folder by default.

    Raises
    ------
    DataError
        When the folder holds nothing that a data folder holds.
    """

    def __init__(self, folder: Path | None = None) -> None:
        shipped = shipped_folder()
        folder = shipped if folder is None else folder
        self.folder = folder
        self.laid_over = not any((folder / "vocabulary").glob("*.toml"))
        self._roots = [folder, shipped] if self.laid_over else [folder]
        alone = not self.laid_over and not any((folder / "partners").glob("*.toml"))
        if alone or not next(self._curated(folder), None):
            what = f"is not a data folder: it has no {'partners' if alone else 'files in it'}"
            hint = f"give a folder with {', '.join(f'{part}/' for part in _PARTS)} to --data"
            raise DataError([Problem("unreadable", str(folder), None, None, what, hint)])

    def path(self, name: str) -> Path:
        """Return where a file is, by its name below the folder; the last place if nowhere."""
        return next(
            (root / name for root in self._roots if (root / name).is_file()), self._roots[-1] / name
        )

    def names(self, pattern: str) -> list[str]:
        """Return the names below the folder that fit a pattern, in order, each once."""
        found = {
            path.relative_to(root).as_posix() for root in self._roots for path in root.glob(pattern)
        }
        return sorted(found)

    def added(self) -> list[str]:
        """Return the names of the files that are laid over the shipped folder."""
        return sorted(self._curated(self.folder)) if self.laid_over else []

    def replaced(self) -> list[str]:
        """Return the names of the shipped files whose place a file laid over them takes."""
        return [name for name in self.added() if (shipped_folder() / name).is_file()]

    def unread(self) -> list[Problem]:
        """Return a problem for each file that was meant for a data file and is read by nothing.

        Files that are none of the folder's business may lie beside the data files.
        """
        curated, found = set(self._curated(self.folder)), []
        for path in sorted(self.folder.glob("**/*")):
            name = path.relative_to(self.folder).as_posix()
            if name in curated or path.name.startswith(".") or path.is_dir():
                continue
            hint = _meant(name)
            if hint:
                found.append(Problem("unreadable", name, None, None, "is read by nothing", hint))
        return found

    def read_toml(self, name: str) -> dict[str, Any]:
        """Return what a TOML file holds.

        Raises
        ------
        DataError
            When the file is missing, not UTF-8 or not TOML, with the line where that is known.
        """
        return _parse(self._text(name), name)

    def read_csv(self, name: str, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
        """Return the rows of a CSV file with their lines; cells stripped, blank lines left out.

        Parameters
        ----------
        name : str
            Of a file in UTF-8, with or without byte order mark, with a header.
        columns : sequence of str
            The columns that it must have, in any order, and no others.

        Raises
        ------
        DataError
            When the file is missing, not UTF-8 or no CSV, when its columns are others, or with
            all rows that have more or fewer cells than the header.
        """
        rows: list[tuple[int, list[str]]] = []
        reader, line = csv.reader(self._text(name).splitlines(keepends=True), strict=True), 0
        try:
            for cells in reader:
                line, first = reader.line_num, line + 1
                if any(map(str.strip, cells)):
                    rows.append((first, [cell.strip() for cell in cells]))
        except csv.Error as error:
            raise DataError([_unreadable(name, line + 1, f"is not CSV: {error}")]) from error
        header = rows.pop(0)[1] if rows else []
        if sorted(header) != sorted(columns):
            wrong = [f"lacks {column}" for column in columns if column not in header]
            wrong += [f"does not know {column!r}" for column in header if column not in columns]
            if len(header) == 1:
                wrong = ["its cells are not parted by commas"]
            what = f"has other columns than it should: {', '.join(wrong) or 'one stands twice'}"
            raise DataError([_unreadable(name, 1, what)])
        uneven = [
            _unreadable(name, line, f"has {len(cells)} cells, the header has {len(header)}")
            for line, cells in rows
            if len(cells) != len(header)
        ]
        if uneven:
            raise DataError(uneven)
        return [(line, dict(zip(header, cells, strict=True))) for line, cells in rows]

    def _text(self, name: str) -> str:
        return _read(self.path(name), name)

    def fingerprint(self) -> str:
        """Return the SHA-256 of all curated files, the same for the same content.

        The example lists below ``tenants`` are not part of the catalogue.
        """
        digest = hashlib.sha256()
        for name in sorted({name for root in self._roots for name in self._curated(root)}):
            digest.update(name.encode())
            digest.update(hashlib.sha256(self.path(name).read_bytes()).digest())
        return digest.hexdigest()

    def located(self, problem: Problem) -> Problem:
        """Return a problem of a file with the line on which the thing that it names stands."""
        name = problem.sheet or ""
        if problem.row is not None or not name.endswith(".toml"):
            return problem
        try:
            text = self._text(name)
        except DataError:  # the problem is the file itself
            return problem
        line = line_of(problem.what, text)
        return Problem(problem.kind, name, line, None, problem.what, problem.hint)

    @staticmethod
    def _curated(root: Path) -> Iterator[str]:
        for pattern in (*_known_names(), *(f"{part}/*.toml" for part in _PARTS)):
            yield from (path.relative_to(root).as_posix() for path in root.glob(pattern))


def _known_names() -> list[str]:
    """Return the names of the files that stand beside the folders."""
    return [path.name for path in shipped_folder().iterdir() if path.suffix in _CURATED]


def _meant(name: str) -> str:
    """Return a hint of what a file that nothing reads was meant for, empty if for nothing here."""
    folder, _, file = name.partition("/")
    if folder in _PARTS and file:
        return "" if name.endswith(".md") else f"name it {folder}/<name>.toml"
    known = _PARTS if file else _known_names()
    near = difflib.get_close_matches(folder, known, n=1, cutoff=0.8)
    if near:
        return f"did you mean {near[0]!r}?"
    is_toml = not file and name.endswith(".toml")
    return "a partner belongs in partners/, rules belong in rules/" if is_toml else ""


def read_toml_file(path: Path) -> dict[str, Any]:
    """Return what a TOML file outside a data folder holds; errors as of `DataFolder.read_toml`."""
    return _parse(_read(path, path.name), path.name)


def _parse(text: str, name: str) -> dict[str, Any]:
    try:
        return rtoml.loads(text)
    except rtoml.TomlParsingError as error:
        line = _LINE.search(str(error))
        what = f"is not TOML: {_LINE.sub('', str(error))}"
        raise DataError([_unreadable(name, int(line[1]) if line else None, what)]) from error


def _read(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        what = error.strerror or "cannot be opened"
        raise DataError([_unreadable(name, None, what)]) from error
    except UnicodeDecodeError as error:
        raise DataError([_unreadable(name, None, "is not UTF-8 text")]) from error


def _unreadable(name: str, line: int | None, what: str) -> Problem:
    hint = "see data/README.md for what each file holds"
    return Problem("unreadable", name, line, None, what, hint)
