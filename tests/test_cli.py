"""The command line: streams, formats, exit status, and one clear message for each bad input."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from matcher import columns
from matcher.cli import main

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = str(DATA / "tenants" / "example.csv")
WORKBOOK = str(DATA / "tenants" / "example.xlsx")
DAY = ("--as-of", "2026-11-22")
HEADER = "관리번호,기업명,분야,창업아이템명,희망국가,희망 지원분야,TRL,누적투자유치액\n"
GOOD = "A1,가나바이오,의약,신약,보스턴,투자유치,4,85억원\n"


def run(*arguments, stdin=None):
    return CliRunner().invoke(main, [*map(str, arguments)], input=stdin, catch_exceptions=False)


@pytest.fixture
def write_list(tmp_path):
    def write(*rows, header=HEADER, name="list.csv"):
        path = tmp_path / name
        path.write_text(header + "".join(rows), encoding="utf-8")
        return path

    return write


def test_help_names_every_command():
    shown = run("-h").stdout
    for command in ("match", "report", "explain", "eligibility", "check", "evaluate", "template"):
        assert f"  {command} " in shown


@pytest.mark.parametrize(
    "command",
    [
        *("match", "report", "explain", "eligibility", "check", "evaluate", "template"),
        *("partners", "rules", "vocabulary", "clusters"),
    ],
)
def test_every_command_has_help_with_an_example_or_an_id(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert (
        "Example:" in result.stdout or "show ID" in result.stdout or "show FACET" in result.stdout
    )


def test_the_lines_of_an_example_stay_apart():
    assert "\n      matcher check list.xlsx\n" in run("check", "-h").stdout


@pytest.mark.parametrize(
    ("group", "shown"), [("partners", "nuh"), ("rules", "nuh-local-pi"), ("vocabulary", "need")]
)
def test_a_group_and_its_show_take_the_same_options(group, shown):
    options = ("--format", "json", "--data", DATA, *DAY, "-q")
    before, after = run(group, *options, "show", shown), run(group, "show", shown, *options)
    assert before.exit_code == after.exit_code == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)
    assert run(group, *options).exit_code == 0


def test_the_collected_example_is_read_as_it_was_kept():
    result = run("check", DATA / "tenants" / "collected.xlsx", "--format", "json", *DAY)
    read = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [record["_row"] for record in read["records"]] == [6, 9, 11, 12, 14, 15, 17, 19]
    first = read["records"][0]
    assert first["needs"] == ["need_wet_lab", "need_investment", "need_joint_research"]
    assert first["funding_total"] == {"amount": 8_500_000_000, "currency": "KRW"}
    assert first["dev_stage"] == "nonclinical"
    assert "010-0000" not in result.output
    assert "김가상" not in result.output


def test_the_template_is_written_and_reads_back(tmp_path):
    path = tmp_path / "list.xlsx"
    assert run("template", "-o", path).exit_code == 0
    checked = run("check", path, *DAY)
    assert checked.exit_code == 0
    assert "1 tenants" in checked.stdout


def test_match_writes_parquet_with_the_ranks_of_the_csv(tmp_path):
    path = tmp_path / "matches.parquet"
    assert run("match", EXAMPLE, "-o", path, *DAY).exit_code == 0
    shown = list(csv.DictReader(io.StringIO(run("match", EXAMPLE, "--format", "csv", *DAY).stdout)))
    kept = pq.read_table(path).to_pylist()
    assert [row["offer_id"] for row in kept] == [row["offer_id"] for row in shown]
    assert None not in kept[0].values()
    assert run("match", EXAMPLE, "--format", "parquet", *DAY).exit_code == 2


def test_eligibility_shows_offers_without_rules():
    shown = run("eligibility", EXAMPLE, "--offer", "cic/membership", "--only", "eligible", *DAY)
    assert "T001" in shown.stdout


def test_match_csv_has_the_columns_of_the_interface():
    result = run("match", EXAMPLE, "--format", "csv", *DAY)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert list(rows[0])[: len(columns.MATCHES)] == list(columns.MATCHES)
    assert {row["verdict"] for row in rows} <= {"eligible", "conditional"}


def test_a_csv_file_has_a_byte_order_mark_and_a_stream_has_none(tmp_path):
    path = tmp_path / "matches.csv"
    run("match", EXAMPLE, "-o", path, *DAY)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert not run("match", EXAMPLE, "--format", "csv", *DAY).stdout_bytes.startswith(
        b"\xef\xbb\xbf"
    )


def test_csv_and_workbook_of_one_list_give_the_same_matches():
    from_csv = run("match", EXAMPLE, "--format", "csv", *DAY).stdout
    assert run("match", WORKBOOK, "--format", "csv", *DAY).stdout == from_csv


def test_standard_input_is_read_by_a_dash():
    content = Path(EXAMPLE).read_bytes()
    piped = run("match", "-", "--format", "csv", *DAY, stdin=content)
    assert piped.stdout == run("match", EXAMPLE, "--format", "csv", *DAY).stdout


def test_cp949_is_read_and_said(tmp_path):
    path = tmp_path / "cp949.csv"
    path.write_bytes((HEADER + GOOD).encode("cp949"))
    result = run("match", path, "--format", "csv", *DAY)
    assert result.exit_code == 0
    assert "CP949" in result.stderr


def test_two_runs_give_the_same_bytes():
    first = run("match", EXAMPLE, "--format", "json", *DAY).stdout_bytes
    assert run("match", EXAMPLE, "--format", "json", *DAY).stdout_bytes == first


def test_the_table_shows_names_not_only_ids(write_list):
    shown = run("match", write_list(GOOD), "-k", 1, *DAY).stdout
    assert "가나바이오" in shown
    assert "적격" in shown


def test_match_writes_a_workbook(write_list, tmp_path):
    path = tmp_path / "matches.xlsx"
    assert run("match", write_list(GOOD), "-o", path, *DAY).exit_code == 0
    assert openpyxl.load_workbook(path)["기업별"]["B2"].value == "가나바이오"


def test_report_writes_a_workbook_and_a_page_per_tenant(tmp_path):
    assert run("report", WORKBOOK, "-o", tmp_path / "out", *DAY).exit_code == 0
    pages = sorted(path.name for path in (tmp_path / "out" / "tenants").iterdir())
    assert len(pages) == 40
    assert (tmp_path / "out" / "matches.xlsx").exists()
    assert "매칭 보고서" in (tmp_path / "out" / "tenants" / "T001.md").read_text(encoding="utf-8")


def test_report_in_english(tmp_path, write_list):
    run("report", write_list(GOOD), "-o", tmp_path, "--lang", "en", "--format", "md", *DAY)
    assert "Overseas partner match report" in (tmp_path / "tenants" / "A1.md").read_text()
    assert not (tmp_path / "matches.xlsx").exists()


def test_explain_shows_parts_that_add_up_and_every_rule():
    shown = run("explain", EXAMPLE, "T001", "labcentral/residency", *DAY).stdout
    lines = shown.splitlines()
    total = next(float(line.split()[0]) for line in lines if line.endswith("적합도"))
    parts = [float(line.split()[0]) for line in lines if line.startswith(("+", "-"))]
    assert sum(parts) == pytest.approx(total, abs=0.001)
    for shown_rule in ("labcentral-raised-cap", "labcentral-revenue-cap"):
        assert shown_rule in shown
    assert "https://www.labcentral.org" in shown


def test_eligibility_csv_has_a_row_per_tenant_offer_and_rule(write_list):
    result = run("eligibility", write_list(GOOD), "--format", "csv", *DAY)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(rows[0]) == list(columns.ELIGIBILITY)
    residency = {
        row["rule_id"]: row["rule_verdict"]
        for row in rows
        if row["offer_id"] == "labcentral/residency"
    }
    assert residency == {
        "labcentral-early-to-mid-stage": "unknown",
        "labcentral-raised-cap": "met",
        "labcentral-revenue-cap": "unknown",
    }
    membership = [row for row in rows if row["offer_id"] == "cic/membership"]
    assert [row["rule_id"] for row in membership] == [""]


def test_eligibility_can_be_narrowed(write_list):
    arguments = ("--offer", "mlsc/tax-incentive", "--only", "conditional", "--format", "json")
    rows = json.loads(run("eligibility", write_list(GOOD), *arguments, *DAY).stdout)
    assert {(row["offer_id"], row["verdict"]) for row in rows} == {
        ("mlsc/tax-incentive", "conditional")
    }


def test_check_prints_how_a_list_was_read(write_list):
    path = write_list(GOOD, "A2,다라,의약,약,일본,투자유치,12,5\n", header="제목 줄\n" + HEADER)
    result = run("check", path, "--format", "json")
    content = json.loads(result.stdout)
    assert result.exit_code == 1
    assert set(content) == {
        *(
            "encoding",
            "sheet",
            "header_row",
            "rows",
            "header_mapping",
            "records",
            "problems",
            "hidden",
        )
    }
    assert (content["encoding"], content["header_row"], content["rows"]) == ("utf-8", 2, 2)
    record = content["records"][0]
    assert record["_row"] == 3
    assert record["funding_total"] == {"amount": 8_500_000_000, "currency": "KRW"}
    found = {(p["kind"], p["row"], p["column"]) for p in content["problems"]}
    assert found == {("bad_value", 4, "TRL"), ("bad_value", 4, "누적투자유치액")}


def test_check_gives_the_list_back_with_its_problems_marked(write_list, tmp_path):
    header = HEADER.replace("기업명", "기업명,대표자")
    path = write_list("A1,가나,홍길동,의약,신약,보스턴,투자유치,12,85억원\n", header=header)
    checked = tmp_path / "checked.xlsx"
    run("check", path, "-o", checked)
    book = openpyxl.load_workbook(checked)
    assert book["목록"]["H2"].value == "12"
    assert "TRL ‘12’: 1~9를 벗어남" in book["목록"]["H2"].comment.text
    assert book["목록"]["C1"].value == "대표자"
    assert book["목록"]["C2"].value is None
    assert [cell.value for cell in book["문제"][2]][:4] == [
        "개인정보 삭제",
        None,
        "대표자",
        "개인정보 열을 읽지 않음",
    ]


def test_check_of_the_data_folder_counts_and_runs_all_cases():
    counts = json.loads(run("check", "--format", "json").stdout)
    assert counts["partners"] == 60
    assert counts["bridge bodies"] == 7
    assert counts["cases of rules"] > 100


def test_evaluate_prints_baselines_and_agreement():
    gold = Path(__file__).parent / "gold_dev"
    arguments = (gold / "tenants.csv", gold / "relevance.csv", "--verdicts", gold / "verdicts.csv")
    shown = run("evaluate", *arguments, *DAY).stdout
    for word in (
        "matcher",
        "bm25",
        "popularity",
        "random",
        "ndcg@5",
        "of 324 judged verdicts agree",
    ):
        assert word in shown


def test_partners_rules_and_vocabulary_show_what_is_loaded():
    assert json.loads(run("partners", "--format", "json").stdout)[0]["id"] == "65lab"
    shown = run("partners", "show", "collab").stdout
    assert "https://koreascience.kr" in shown
    assert "collab-joint-research" in shown
    assert "TRL 7" in run("rules", "show", "innomatch-trl").stdout
    assert "실험실" in run("vocabulary", "show", "need").stdout
    assert "stage" in run("vocabulary").stdout


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A2,,의약,약,일본,투자유치,4,1억원\n", "row 3, 기업명: is empty"),
        (
            "A2,나,의약,,일본,투자유치,4,1억원\n",
            "창업아이템명: none of 창업아이템명, 핵심기술 is filled",
        ),
        ("A2,나,의약,약,일본,투자유치,10,1억원\n", "row 3, TRL: TRL '10' is outside 1 to 9"),
        ("A2,나,의약,약,일본,투자유치,4,85\n", "누적투자유치액: '85' has no unit"),
        ("A1,나,의약,약,일본,투자유치,4,1억원\n", "'A1' appears again; this row goes on as 'A1#2'"),
    ],
)
def test_a_bad_row_is_told_with_its_place_and_the_others_go_on(write_list, row, message):
    result = run("match", write_list(GOOD, row), "--format", "csv", *DAY)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "\nA1,1," in result.stdout.replace("\r", "")


def test_strict_stops_before_anything_is_written(write_list, tmp_path):
    path = write_list(GOOD, "A2,나,의약,약,일본,투자유치,10,1억원\n")
    out = tmp_path / "out.csv"
    result = run("match", path, "--strict", "-o", out, *DAY)
    assert result.exit_code == 1
    assert "row 3, TRL" in result.stderr
    assert not out.exists()


def test_an_unknown_column_is_told_and_nothing_more(write_list):
    path = write_list(GOOD.replace("\n", ",x\n"), header=HEADER.replace("\n", ",사내메모\n"))
    result = run("match", path, "--format", "csv", *DAY)
    assert result.exit_code == 0
    assert "사내메모: is no field" in result.stderr


def test_quiet_tells_errors_only(write_list):
    path = write_list(
        GOOD.replace(",4,", ",12,").replace("\n", ",x\n"), header=HEADER.replace("\n", ",메모\n")
    )
    stderr = run("match", path, "-q", "--format", "csv", *DAY).stderr
    assert "TRL '12'" in stderr
    assert "메모" not in stderr


def test_a_list_without_a_tenant_is_told_and_is_no_error(write_list):
    result = run("match", write_list(), "--format", "csv", *DAY)
    assert result.exit_code == 0
    assert "holds no tenant" in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\x00\x01", "is not a CSV or XLSX table"),
        (b"PK\x03\x04broken", "is not a workbook that can be read"),
        (b"a,b\n1,2\n", "no row of headers was found"),
        (b"\xff\xfe\xfd", "neither UTF-8 nor CP949"),
    ],
)
def test_what_is_no_list_is_told_once_without_a_traceback(tmp_path, content, message):
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    out = tmp_path / "out.csv"
    result = run("match", path, "-o", out, *DAY)
    assert result.exit_code == 1
    assert message in result.stderr
    assert "Traceback" not in result.output
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("explain", EXAMPLE, "T999", "mgh"), "no tenant 'T999'"),
        (("explain", EXAMPLE, "T001", "mghh"), "no partner 'mghh' (did you mean mgh?)"),
        (("explain", EXAMPLE, "T001", "mgh/x"), "no offer 'mgh/x'"),
        (("eligibility", EXAMPLE, "--offer", "collab/resid"), "did you mean collab/residency?"),
        (("rules", "show", "nothing"), "no rule 'nothing'"),
        (("vocabulary", "show", "nothing"), "no facet or term 'nothing'"),
        (("match", EXAMPLE, "--data", str(DATA / "tenants")), "is not a data folder"),
        (("match", WORKBOOK, "--sheet", "없는시트"), "has no sheet '없는시트'"),
    ],
)
def test_an_unknown_id_or_folder_is_told_with_a_hint(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 1
    assert message in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", "no-such-file.csv"),
        ("match", EXAMPLE, "--format", "xlsx"),
        ("match", EXAMPLE, "-o", "x.unknown"),
        ("match", EXAMPLE, "-k", "0"),
        ("match", EXAMPLE, "--as-of", "tomorrow"),
        ("report", EXAMPLE),
        ("evaluate", EXAMPLE),
        ("no-such-command",),
    ],
)
def test_wrong_usage_ends_with_two(arguments):
    assert run(*arguments).exit_code == 2


def test_an_interrupt_ends_with_130(monkeypatch):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("matcher.catalogue.read_catalogue", interrupt)
    assert run("match", EXAMPLE).exit_code == 130


def test_runs_as_a_module():
    shown = subprocess.run(
        [sys.executable, "-m", "matcher", "--version"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.startswith("matcher, version")
