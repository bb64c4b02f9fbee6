"""Problems of a list are told in the language of the report, in full."""

import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from matcher.errors import DataError, Phrase, Problem
from matcher.intake import read_tenants
from matcher.reports.model.problems import problem_line, said

LISTS = sorted(
    path
    for path in (Path(__file__).parent / "intake_dev").iterdir()
    if path.suffix in {".csv", ".tsv", ".xlsx", ".parquet"}
)
BAD_CELLS = """\
기업명,분야,핵심기술,희망국가,수요,설립일,조사일,TRL,의료기기 등급,임직원수,투자유치액,비고
가,의약,x,미국,투자유치,어제쯤,2026-01-01,칠,5등급,여럿,많음,x
나,의약,x,미국,투자유치,2024-13-40,2031-01-01,9~4,2,3,100,x
다,모름,x,미국,투자유치,1024-01-01,2026-01-01,12,2,3,9~4억원,x
"""


def read(path, catalogue):
    try:
        return read_tenants(path, catalogue.vocabulary, as_of=date(2026, 11, 22)).problems
    except DataError as error:
        return error.problems


def is_korean(text):
    """Return whether a note says what it says in Korean, whatever it quotes."""
    return re.search(r"[가-힣]", re.sub(r"'[^']*'|\"[^\"]*\"|‘[^’]*’", "", text)) is not None


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name[:2])
def test_all_that_is_told_of_messy_lists_is_told_in_korean(path, catalogue):
    for problem in read(path, catalogue):
        line = problem_line(problem, "ko")
        assert is_korean(line.what), line
        assert is_korean(line.hint) or not line.hint, line
        assert not re.match("[=+@-]", line.what + line.hint), line  # no formula in a workbook


def test_cells_that_cannot_be_read_are_told_in_korean(catalogue, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(BAD_CELLS, encoding="utf-8-sig")
    problems = [problem for problem in read(path, catalogue) if problem.kind == "bad_value"]
    assert len(problems) >= 9
    for problem in problems:
        assert is_korean(said(problem.what, "ko")), problem
        assert is_korean(said(problem.hint, "ko")), problem


def test_a_line_says_where_what_and_what_to_do():
    what = Phrase("{text!r} is not a TRL", text="4월 5일")
    problem = Problem("bad_value", None, 3, "TRL", what, "write 1 to 9, or a range such as 4~5")
    korean = problem_line(problem, "ko")
    assert (
        korean.text == "3행, TRL: ‘4월 5일’: TRL로 읽을 수 없음 (1~9 또는 4~5와 같은 범위로 기재)"
    )
    assert korean.label == "값 오류(미기재로 처리)"
    assert problem_line(problem, "en").text == str(problem)


def test_what_a_cell_holds_is_never_translated():
    phrase = Phrase("{text!r} is not a date", text="is empty {0}")
    assert said(phrase, "ko") == "‘is empty {0}’: 날짜로 읽을 수 없음"


def test_words_that_are_not_known_stay_as_they_are():
    assert said("a new message", "ko") == "a new message"


def test_a_phrase_goes_to_another_process_whole():
    phrase = Phrase("{count} personal strings masked", count=2)
    again = pickle.loads(pickle.dumps(phrase))
    assert again == "2 personal strings masked"
    assert said(again, "ko") == "개인정보 2건 가림"
