"""Precedents: public links of Korean companies to partners, each with source and date."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from matcher import DataError, read_catalogue
from matcher.catalogue.files import shipped_folder
from matcher.catalogue.precedents import COLUMNS
from matcher.cli import main

_HEADER = ",".join(COLUMNS)
_ROW = {
    "company_ko": "가나바이오",
    "company_en": "",
    "partner_id": "cic",
    "kind": "tenancy",
    "date": "2024-04",
    "url": "https://example.org/news",
    "tier": "news",
    "note_ko": "입주",
    "note_en": "Moved in.",
    "sector": "의약",
    "modality": "adc; mab",
    "indication": "",
}


@pytest.fixture
def read(tmp_path):
    """Read a data folder whose list of precedents has these lines."""
    ignored = shutil.ignore_patterns("tenants", "precedents.csv")
    folder = shutil.copytree(shipped_folder(), tmp_path / "data", ignore=ignored)

    def read(*lines, header=_HEADER):
        content = "\n".join([header, *lines])
        (folder / "precedents.csv").write_text(content, encoding="utf-8")
        return read_catalogue(folder)

    return read


def _line(**changed):
    cells = {**_ROW, **changed}
    return ",".join(cells[column] for column in COLUMNS)


def test_a_row_becomes_a_precedent_of_its_partner(read):
    [precedent] = read(_line()).precedents_of("cic")
    assert precedent.company == {"ko": "가나바이오", "en": ""}
    assert (precedent.kind, precedent.date, precedent.tier) == ("tenancy", "2024-04", "news")
    assert precedent.terms == {"sector": ("의약",), "modality": ("adc", "mab"), "indication": ()}


def test_an_undated_source_is_said_and_kept(read):
    assert read(_line(date="undated")).precedents[0].date is None


def test_a_folder_without_precedents_is_read(read, tmp_path):
    (tmp_path / "data" / "precedents.csv").unlink(missing_ok=True)
    assert read_catalogue(tmp_path / "data").precedents == ()


def test_columns_may_stand_in_any_order(read):
    header = ",".join(reversed(COLUMNS))
    line = ",".join(_ROW[column] for column in reversed(COLUMNS))
    assert read(line, header=header).precedents[0].partner_id == "cic"


@pytest.mark.parametrize(
    ("changed", "column", "message"),
    [
        ({"partner_id": "cicc"}, "partner_id", "'cicc' is no partner (did you mean 'cic'?)"),
        ({"partner_id": ""}, "partner_id", "is blank"),
        ({"date": ""}, "date", "is blank"),
        ({"date": "2024-13"}, "date", "`undated` where the source bears none"),
        ({"date": "April 2024"}, "date", "'April 2024' is not a date"),
        ({"url": ""}, "url", "is blank"),
        ({"url": "example.org"}, "url", "begin it with https://"),
        ({"kind": "tenant"}, "kind", "(did you mean 'tenancy'?)"),
        ({"tier": "newspaper"}, "tier", "not one of official"),
        ({"note_en": " "}, "note_en", "is blank"),
        ({"sector": "의약;의료"}, "sector", "'의료' is not a term of sector"),
        ({"modality": "acd"}, "modality", "(did you mean 'adc'?)"),
        ({"indication": "lung"}, "indication", "'lung' is not a term of indication"),
    ],
)
def test_a_bad_cell_is_told_with_row_column_and_hint(changed, column, message, read):
    with pytest.raises(DataError) as error:
        read(_line(company_ko="다라메디"), _line(**changed))
    [problem] = error.value.problems
    assert (problem.sheet, problem.row, problem.column) == ("precedents.csv", 3, column)
    assert message in str(problem)


def test_the_same_link_twice_is_told(read):
    with pytest.raises(DataError, match=r"row 4: the same company, .* as row 2"):
        read(_line(), _line(kind="meeting"), _line(date="2025"))


def test_a_row_counts_in_lines_of_the_file(read):
    with pytest.raises(DataError, match=r"row 5, url"):
        read(_line(note_ko='"두 줄\n메모"'), "", _line(url=""))


@pytest.mark.parametrize(
    ("lines", "header", "message"),
    [
        ([_line() + ",more"], _HEADER, "row 2: has 13 cells, the header has 12"),
        ([_line()], _HEADER.replace("date", "day"), "row 1: .*: lacks date, does not know 'day'"),
        ([], "", "row 1: has other columns"),
        (['"가나바이오'], _HEADER, "is not CSV"),
    ],
)
def test_a_table_of_another_shape_is_told(lines, header, message, read):
    with pytest.raises(DataError, match=message):
        read(*lines, header=header)


def test_a_file_in_another_encoding_is_told(read, tmp_path):
    read(_line())
    (tmp_path / "data" / "precedents.csv").write_bytes(f"{_HEADER}\n{_line()}".encode("cp949"))
    with pytest.raises(DataError, match=r"precedents\.csv: is not UTF-8 text"):
        read_catalogue(tmp_path / "data")


def test_another_list_is_another_version_of_the_folder(read):
    assert read(_line()).version != read(_line(kind="meeting")).version


def test_no_shipped_precedent_speaks_of_a_need(catalogue):
    assert len(catalogue.precedents) > 40
    for precedent in catalogue.precedents:
        assert set(precedent.terms) == {"sector", "modality", "indication"}
        assert not re.search("희망|수요|필요|want|need", " ".join(precedent.note.values()))


def test_a_partner_is_shown_with_its_precedents():
    result = CliRunner().invoke(main, ["partners", "show", "dana-farber", "--format", "json"])
    licence, equity, _ = json.loads(result.stdout)["precedents"]
    assert licence["company"] == equity["company"] == {"ko": "보로노이", "en": "Voronoi"}
    assert licence["kind"] == {"ko": "기술이전", "en": "licence"}
    assert licence["source"]["as_of"] == "2018-03-21"
    text = CliRunner().invoke(main, ["partners", "show", "dana-farber"]).stdout
    assert "- 보로노이 / Voronoi [기술이전]: " in text
