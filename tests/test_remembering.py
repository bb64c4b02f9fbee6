"""What a header means, said once and remembered beside the list."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import DataError
from matcher.cli import main
from matcher.intake.remembering import mapping_path, read_mapping, write_mapping

MERGED = Path(__file__).parent / "intake_dev" / "06.xlsx"


@pytest.fixture
def source(tmp_path):
    """A list in which two columns claim one field."""
    return Path(shutil.copy(MERGED, tmp_path))


def check(path, *options):
    arguments = ["check", str(path), "--format", "json", "--as-of", "2026-11-22", *options]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, json.loads(result.stdout)


def ambiguous(content):
    return [p["kind"] for p in content["problems"] if p["kind"] == "ambiguous_header"]


def test_a_list_in_which_two_columns_claim_one_field_is_not_read(source):
    status, content = check(source)
    assert status == 1
    assert ambiguous(content) == ["ambiguous_header"]


@pytest.mark.parametrize("said", ["진출희망국가=", "희망국가=target_countries"])
def test_map_settles_it(source, said):
    _, content = check(source, "--map", said)
    assert (ambiguous(content), content["rows"]) == ([], 4)
    assert content["header_mapping"]["희망국가"] == "target_countries"
    assert content["header_mapping"]["진출희망국가"] is None
    assert not mapping_path(source).exists()


def test_map_can_be_remembered_and_said_otherwise_later(source):
    check(source, "--map", "진출희망국가=", "--remember")
    _, content = check(source)
    assert (ambiguous(content), content["header_mapping"]["희망국가"]) == ([], "target_countries")
    _, content = check(source, "--map", "희망국가=", "--map", "진출희망국가=target_countries")
    assert content["header_mapping"]["진출희망국가"] == "target_countries"
    _, content = check(source)
    assert content["header_mapping"]["희망국가"] == "target_countries"


def test_the_refusal_names_the_remedy(source):
    result = CliRunner().invoke(main, ["match", str(source)])
    assert result.exit_code == 1
    assert '--map "희망국가=target_countries"' in result.stderr


@pytest.mark.parametrize("said", ["희망국가", "희망국가=nothing"])
def test_map_without_a_known_field_is_wrong_usage(source, said):
    result = CliRunner().invoke(main, ["check", str(source), "--map", said])
    assert result.exit_code == 2
    assert "target_countries" in result.stderr


HEADERS = {"희망국가": "target_countries", 'a,"b"\n(c=d)': "", "=1+1": "ip"}


def test_what_is_written_is_read_back(tmp_path):
    path = tmp_path / "list.xlsx"
    assert read_mapping(path) == {}
    write_mapping(path, HEADERS)
    assert read_mapping(path) == HEADERS
    assert mapping_path(path).name == "list.xlsx.map.csv"


@pytest.mark.parametrize("content", [b"header,field\na,b,c\n", b"header,field\na\n", b"\xff\xfe"])
def test_a_mapping_that_is_no_table_of_two_columns_is_told(tmp_path, content):
    path = tmp_path / "list.xlsx"
    mapping_path(path).write_bytes(content)
    with pytest.raises(DataError, match=r"list\.xlsx\.map\.csv"):
        read_mapping(path)


def test_an_unknown_field_in_a_remembered_mapping_is_told_without_a_traceback(source):
    mapping_path(source).write_text("header,field\n희망국가,nothing\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(source)], catch_exceptions=False)
    assert result.exit_code == 1
    assert "희망국가: is said to hold what is no field" in result.output
