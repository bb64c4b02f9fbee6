"""Whatever is given: a list or a refusal, and no personal string in anything that comes of it.

``MATCHER_FUZZ=20000 pytest tests/test_fuzz.py`` tries as many examples of each.
"""

import csv
import io
import os
import unicodedata

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from matcher import DataError, read_tenants

PERSONAL = ("010-0000-1234", "a.b@example.com", "900101-1234567")
fuzz = settings(
    max_examples=int(os.environ.get("MATCHER_FUZZ", "60")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    database=None,
)

_HEADERS = """\
관리번호|기업명|분야|핵심기술|희망국가|희망국가2|희망 지원분야|수요내용|구분|
단계|유형|TRL|매출액(백만원)|누적투자유치액|설립일|비고|대표자|해외 공동연구|현지법인|
임직원수|영문자료|제3자 제공 동의|합계||1순위"""
_WORDS = """\
가나|의약|의료기기|미국|보스턴|싱가포르|투자유치|기술이전|없음|미정|NUS:계약|2021.3.2|
85억원|3~5억|4~5|-|합계|※|1상 준비중|USD 9.5M|=1+1|<script>|①|☑|□|"|,|;"""
HEADERS = _HEADERS.replace("\n", "").split("|")
WORDS = [*_WORDS.replace("\n", "").split("|"), *"\x00\ufeff\u200b\n\t\r"]
TEXT = st.text(max_size=12)
CELL = st.lists(st.sampled_from(WORDS) | TEXT, max_size=4).map("".join) | TEXT
PLANTED = st.builds(
    lambda before, personal, after, full: (
        unicodedata.normalize("NFKC", f"{before} {personal} {after}")
        if full
        else f"{before} {personal} {after}"
    ),
    CELL,
    st.sampled_from(PERSONAL),
    CELL,
    st.booleans(),
)
HEADER = st.sampled_from(HEADERS) | CELL | PLANTED
TABLE = st.tuples(
    st.lists(st.lists(CELL | PLANTED, max_size=3), max_size=2),
    st.lists(HEADER, min_size=1, max_size=9, unique=True)
    | st.just(HEADERS[:4] + HEADERS[6:8] + HEADERS[-1:]),
    st.lists(st.lists(CELL | PLANTED, max_size=9), max_size=5),
).map(lambda parts: [*parts[0], parts[1], *parts[2]])


@pytest.fixture(scope="module")
def outcome(catalogue):
    """Return the list, or the refusal with what could be read; nothing else may come of it."""

    def outcome(content, **options):
        try:
            found = read_tenants(content, catalogue.vocabulary, name="list", **options)
        except DataError as error:
            assert error.problems  # noqa: PT017 - a refusal is an outcome
            assert all(problem.blocking for problem in error.problems)  # noqa: PT017
            return str(error) + (everything(error.partial) if hasattr(error, "partial") else "")
        assert len({tenant.tenant_id for tenant in found}) == len(found)
        return everything(found)

    return outcome


def everything(found):
    return repr((found, list(found.cells), [tenant.stated for tenant in found]))


def assert_nothing_personal(shown):
    assert [secret for secret in PERSONAL if secret in shown] == []


def to_csv(rows, delimiter=","):
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def to_workbook(rows):
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            if openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.search(text) is None:
                cell = book.active.cell(number, column)
                cell.value, cell.data_type = text, "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def to_parquet(rows):
    columns = {header: [row[at] for row in rows[1:]] for at, header in enumerate(rows[0])}
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


@fuzz
@given(
    rows=TABLE,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-be", "latin-1"]),
    delimiter=st.sampled_from(",;\t"),
    as_of=st.sampled_from([None, "2026-11-22"]),
)
def test_any_text_table_is_a_list_or_refused(outcome, rows, encoding, delimiter, as_of):
    content = to_csv(rows, delimiter).encode(encoding, "replace")
    assert_nothing_personal(outcome(content, as_of=as_of))


@fuzz
@given(rows=TABLE)
def test_any_workbook_is_a_list_or_refused(outcome, rows):
    assert_nothing_personal(outcome(to_workbook(rows)))


@fuzz
@given(rows=TABLE, at=st.integers(0, 9), field=st.sampled_from(["", "target_countries", "ip"]))
def test_whatever_is_said_of_a_header_it_is_a_list_or_refused(outcome, rows, at, field):
    row = rows[at % len(rows)]
    headers = dict.fromkeys(row[:2], field)
    assert_nothing_personal(outcome(to_csv(rows).encode(), headers=headers))


GOOD = [
    ["관리번호", "기업명", "분야", "핵심기술", "희망국가", "희망 지원분야", "비고", "연락처"],
    ["A1", "가나", "의약", "항체", "미국", "투자유치", "메모", PERSONAL[0]],
    ["A2", "다라", "의료기기", f"문의 {PERSONAL[1]}", "일본", "인허가", PERSONAL[2], PERSONAL[0]],
]
VALID = {
    "csv": to_csv(GOOD).encode(),
    "cp949": to_csv(GOOD).encode("cp949"),
    "utf-16": to_csv(GOOD).encode("utf-16"),
    "xlsx": to_workbook(GOOD),
    "parquet": to_parquet(GOOD),
}


@pytest.mark.parametrize("content", VALID.values(), ids=VALID)
def test_the_valid_files_are_lists_without_a_personal_string(outcome, content):
    shown = outcome(content)
    assert "다라" in shown
    assert_nothing_personal(shown)


FLIPS = st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8)


@pytest.mark.parametrize("content", VALID.values(), ids=VALID)
@fuzz
@given(flips=FLIPS, cut=st.none() | st.floats(0, 1))
def test_a_file_with_other_bytes_is_a_list_or_refused(outcome, content, flips, cut):
    damaged = bytearray(content)
    for place, byte in flips:
        damaged[int(place * len(damaged))] = byte
    outcome(bytes(damaged[: None if cut is None else int(cut * len(damaged))]))
