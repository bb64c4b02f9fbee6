"""The template: what it offers, and that it reads back as it was written."""

import os
import shutil
import subprocess

import pytest
from openpyxl import load_workbook

from matcher.intake import read_tenants
from matcher.reports.spreadsheets.template import to_template

DAY = "2026-11-22"


@pytest.fixture(scope="module")
def template(catalogue, tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "list.xlsx"
    path.write_bytes(to_template(catalogue, rare=True))
    return path


def assert_reads_back(path, catalogue):
    found = read_tenants(path, catalogue.vocabulary, as_of=DAY)
    assert found.problems == ()
    assert found.hidden_rows == found.hidden_columns == ()
    [tenant] = found.tenants
    assert set(catalogue.vocabulary.fields) == set(found.header_mapping.values())
    return tenant


def test_every_field_has_a_column_with_a_note(template, catalogue):
    sheet = load_workbook(template).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [
        field.label["ko"] for field in catalogue.vocabulary.fields.values()
    ]
    assert all(cell.comment and cell.comment.text for cell in sheet[1])


def test_rare_fields_have_columns_on_request_only(catalogue, tmp_path):
    path = tmp_path / "usual.xlsx"
    path.write_bytes(to_template(catalogue))
    assert [cell.value for cell in load_workbook(path).worksheets[0][1]] == [
        field.label["ko"] for field in catalogue.vocabulary.fields.values() if not field.rare
    ]


def test_coded_columns_offer_their_words(template, catalogue):
    book = load_workbook(template)
    sheet = book.worksheets[0]
    offered = {
        str(rule.sqref).split(":")[0].rstrip("0123456789")
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    coded = {
        sheet[1][at].column_letter
        for at, field in enumerate(catalogue.vocabulary.fields.values())
        if field.kind in ("term", "choice")
    }
    assert coded <= offered


def test_it_reads_back_without_a_problem(template, catalogue):
    tenant = assert_reads_back(template, catalogue)
    assert tenant.complete
    assert tenant.name.endswith("(가상 예시)")


def test_two_runs_write_the_same_bytes(template, catalogue):
    assert to_template(catalogue, rare=True) == template.read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_it_reads_back_after_libreoffice_saved_it(template, catalogue, tmp_path, ending):
    program = shutil.which("soffice")
    if program is None:
        assert "MATCHER_NEEDS_SOFFICE" not in os.environ, "LibreOffice is missing"
        pytest.skip("needs LibreOffice")
    before = assert_reads_back(template, catalogue)
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(tmp_path / "saved"),
            str(template),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    after = assert_reads_back(tmp_path / "saved" / f"list.{ending}", catalogue)
    assert after.values == before.values
