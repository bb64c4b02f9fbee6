"""Lists as offices keep them: what a careful reader finds in each, and what may never get out.

``intake_dev/*.expected.json`` says what must come of each list; whatever it leaves out is open.
"""

import csv
import io
import json
import re
import unicodedata
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.errors import BLOCKING_KINDS

FOLDER = Path(__file__).parent / "intake_dev"
EXPECTATIONS = sorted(FOLDER.glob("*.expected.json"))
DAY = ("--as-of", "2026-11-22")
FACETS = {
    "needs": "need",
    "modality": "modality",
    "indication": "indication",
    "partner_types": "partner_type",
    "target_countries": "place",
    "local_entities": "place",
}
INSTITUTIONS = ("joint_research", "irb", "local_pi", "contacted_before", "named_partners")


def of_each_list(paths=EXPECTATIONS):
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.name[:2])


def expected(path):
    return json.loads(path.read_text(encoding="utf-8"))


def run(command, path, *options):
    source = path.with_name(path.name.removesuffix(".expected.json"))
    return CliRunner().invoke(main, [command, str(source), *options, *DAY], catch_exceptions=False)


def plain(text):
    """Return a text as it is compared: composed, runs of blanks as one, ㈜ spelt out."""
    composed = unicodedata.normalize("NFC", str(text)).replace("㈜", "(주)")
    return re.sub(r"\s+", " ", composed).strip()


def lower(header):
    """Return what is compared of a header; of two rows the lower one is enough."""
    return plain(header or "").rpartition(" / ")[2]


class Comparison:
    """Compares what was read with what is expected, in the catalogue's words."""

    def __init__(self, catalogue):
        self.facets = catalogue.vocabulary.facets
        self.institutions = catalogue.institutions

    def alike(self, field, found, wanted):
        """Return whether a value is one that is expected."""
        match wanted:
            case {"not": others}:
                return not any(self.alike(field, found, other) for other in others)
            case list() if isinstance(found, list) and field in FACETS:
                return self._same_terms(FACETS[field], found, wanted)
            case list() if isinstance(found, list) and field in INSTITUTIONS:
                named = [map(self._institution, items) for items in (found, wanted)]
                return list(named[0]) == list(named[1])
            case str():
                return isinstance(found, str) and plain(found) == plain(wanted)
            case _:
                return found == wanted

    def _same_terms(self, facet, found, wanted):
        """Compare in order; an inner list stands for any of its members, or all of them."""
        left = [self._term(facet, text) for text in found]
        for one in wanted:
            members = one if isinstance(one, list) else [one]
            terms = {self._term(facet, member) for member in members}
            if not left or left[0] not in terms:
                return False
            while left and left[0] in terms:
                terms.remove(left.pop(0))
        return not left

    def _term(self, facet, text):
        term = self.facets[facet].find(text)
        return term.id if term else plain(text)

    def _institution(self, item):
        name, status = (
            (item["institution"], item["status"]) if isinstance(item, dict) else (item, None)
        )
        known = self.institutions.find(name)
        return getattr(known, "id", known) or plain(name), status


@pytest.fixture(scope="session")
def compare(catalogue):
    return Comparison(catalogue)


@pytest.fixture(scope="session")
def read():
    """Return the exit status and the JSON of `check` for a list; each list is read once."""
    kept = {}

    def read(path):
        if path not in kept:
            result = run("check", path, "--format", "json")
            kept[path] = result.exit_code, json.loads(result.stdout)
        return kept[path]

    return read


def differences_of_table(found, wanted):
    for key in ("encoding", "sheet", "rows"):
        if wanted.get(key) is not None and found[key] != wanted[key]:
            yield f"{key}: {found[key]!r}, not {wanted[key]!r}"
    rows = (wanted.get("header_row"), *wanted.get("header_rows", ()))
    if "header_row" in wanted and found["header_row"] not in rows:
        yield f"header_row: {found['header_row']}, not {rows[0]}"
    mapping = {lower(header): field for header, field in found["header_mapping"].items()}
    whole = {plain(header): field for header, field in found["header_mapping"].items()}
    for header, field in wanted.get("header_mapping", {}).items():
        got = whole.get(plain(header), mapping.get(lower(header), "no such column"))
        if got != field:
            yield f"header {header!r}: {got}, not {field}"


def differences_of_records(found, wanted, compare):
    by_row = {record["_row"]: record for record in found["records"]}
    by_id = {record["tenant_id"]: record for record in found["records"]}
    for record in wanted.get("records", []):
        row = record["_row"]
        got = by_id.get(record.get("tenant_id")) if row is None else by_row.get(row)
        if got is None:
            yield f"row {row}: no tenant"
            continue
        for field, value in record.items():
            if field != "_row" and not compare.alike(field, got[field], value):
                yield f"row {row}, {field}: {got[field]!r}, not {value!r}"


def differences_of_problems(found, wanted):
    told = [(p["kind"], p["row"], lower(p["column"])) for p in found["problems"]]
    due = []
    for problem in wanted.get("problems", []):
        named = problem["column"]
        columns = {lower(column) for column in (named if isinstance(named, list) else [named])}
        due.append((problem["kind"], problem["row"], columns))
    for kind, row, columns in due:
        anywhere = columns == {""}
        if not any(part[:2] == (kind, row) and (anywhere or part[2] in columns) for part in told):
            yield f"problem not told: {kind}, row {row}, {' or '.join(columns)}"
    if wanted.get("problems_complete"):
        for kind, row, column in told:
            if kind in BLOCKING_KINDS and (kind, row) not in {part[:2] for part in due}:
                yield f"problem told for nothing: {kind}, row {row}, {column}"


@of_each_list()
def test_a_list_is_read_as_a_careful_reader_would(path, read, compare):
    wanted = expected(path)
    status, found = read(path)
    refused = [problem["kind"] for problem in found["problems"]] == ["unreadable"]
    if wanted.get("or_unreadable") and refused:
        assert status == 1
        return
    differences = [
        *differences_of_table(found, wanted),
        *differences_of_records(found, wanted, compare),
        *differences_of_problems(found, wanted),
    ]
    if wanted.get("exit") is not None and status != wanted["exit"]:
        differences.append(f"exit status: {status}, not {wanted['exit']}")
    assert not differences, "\n".join([path.name, *differences])


def test_all_ten_lists_are_there():
    assert len(EXPECTATIONS) == 10


SECRETIVE = [path for path in EXPECTATIONS if expected(path).get("must_not_contain")]
LARGE = 1_000
"""Tenants above which some outputs take too long for a test."""

SHORT = [path for path in SECRETIVE if (expected(path)["rows"] or 0) < LARGE]


@of_each_list(SECRETIVE)
def test_nothing_personal_is_printed_of_how_a_list_was_read(path, read):
    printed = json.dumps(read(path)[1], ensure_ascii=False)
    assert [secret for secret in expected(path)["must_not_contain"] if secret in printed] == []


@pytest.mark.parametrize(
    "command",
    [("check",), ("match", "-v", "--format", "csv"), ("match", "--format", "json")],
    ids=" ".join,
)
@of_each_list(SHORT)
def test_nothing_personal_is_printed(path, command):
    result = run(command[0], path, *command[1:])
    printed = unicodedata.normalize("NFC", result.stdout + result.stderr)
    assert [secret for secret in expected(path)["must_not_contain"] if secret in printed] == []


@of_each_list(SHORT)
def test_nothing_personal_is_written(path, tmp_path):
    secrets = expected(path)["must_not_contain"]
    results = [
        run("report", path, "-o", str(tmp_path / "report")),
        run("check", path, "-o", str(tmp_path / "checked.xlsx")),
    ]
    texts = [result.stdout + result.stderr for result in results]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            texts += [file.name, *texts_in(file)]
    written = unicodedata.normalize("NFC", "\n".join(texts))
    assert [secret for secret in secrets if secret in written] == []


@of_each_list(SHORT)
def test_nothing_personal_leaves_the_office(path, tmp_path):
    secrets = expected(path)["must_not_contain"]
    documents = ("--audience", "external", "--format", "docx", "--format", "html")
    results = [
        run("report", path, "-o", str(tmp_path / "tenants"), *documents),
        run("report", path, "-o", str(tmp_path / "partners"), "--by", "partner"),
    ]
    texts = [result.stdout for result in results]
    for file in (each for each in tmp_path.rglob("*") if each.is_file()):
        texts += [file.name, *texts_in(file)]
    written = unicodedata.normalize("NFC", "\n".join(texts))
    assert [secret for secret in secrets if secret in written] == []


def texts_in(file):
    """Return the text of a file, or of each part of a workbook or document."""
    if file.suffix not in (".xlsx", ".docx"):
        return [file.read_text(encoding="utf-8")]
    with zipfile.ZipFile(file) as parts:
        return [parts.read(name).decode("utf-8", "replace") for name in parts.namelist()]


@of_each_list([path for path in EXPECTATIONS if expected(path).get("inert")])
def test_text_that_would_act_is_inert_wherever_it_is_written(path, tmp_path):
    hostile = expected(path)["inert"]
    printed = csv.reader(io.StringIO(run("match", path, "--format", "csv").stdout))
    run("report", path, "-o", str(tmp_path))
    run("check", path, "-o", str(tmp_path / "checked.xlsx"))
    cells = [cell for row in printed for cell in row]
    for file in tmp_path.rglob("*.xlsx"):
        book = openpyxl.load_workbook(file)
        found = [cell for tab in book for row in tab.iter_rows() for cell in row]
        assert [cell.value for cell in found if cell.data_type == "f"] == []
        cells += [cell.value for cell in found if isinstance(cell.value, str)]
    assert [cell for cell in cells if cell.startswith(tuple(hostile["spreadsheet"]))] == []
    pages = [file.read_text(encoding="utf-8") for file in tmp_path.rglob("*.md")]
    assert pages
    assert [text for text in hostile["html"] if any(text in page for page in pages)] == []
