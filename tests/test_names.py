"""Cells that hold places and things with a status, in the ways that lists write them."""

import pytest

from matcher.intake.values import read_cell
from matcher.quantities import Empty, Item


@pytest.fixture
def read(catalogue):
    """Return what a cell means, and the words in it that are not known."""

    def read(field: str, text: str):
        reading = read_cell(text, catalogue.vocabulary.fields[field], catalogue.vocabulary)
        return reading.value, reading.unknown

    return read


@pytest.mark.parametrize(
    "text",
    [
        "미국과 싱가포르",
        "미국과싱가포르",
        "미국 아니면 싱가포르",
        "미국 혹은 싱가포르",
        "미국 & 싱가포르",
        "미국&싱가포르",
        "미국이나 싱가포르",
        "미국, 싱가포르",
    ],
)
def test_places_that_a_word_joins_are_told_apart(read, text):
    assert read("target_countries", text) == (("US", "SG"), [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("캐나다", ("CA",)),
        ("캐나다와 미국", ("CA", "US")),
        ("노스캐롤라이나", ("North Carolina",)),
        ("미국(보스턴)과 싱가포르", ("Boston", "SG")),
        ("미국(뉴욕 제외)", ("US",)),
        ("미국; 싱가포르 제외", ("US",)),
        ("싱가포르 제외", None),
        ("싱가포르(제외)", None),
        ("중국 제외 아시아", ("Asia",)),
    ],
)
def test_names_stay_whole_and_what_is_left_out_is_no_target(read, text, places):
    assert read("target_countries", text) == (places, [])


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("싱가포르(설립중)", Empty.NONE),
        ("싱가포르(설립 진행중)", Empty.NONE),
        ("싱가포르 설립 진행중", Empty.NONE),
        ("싱가포르(설립 협의)", Empty.NONE),
        ("미국:설립완료", ("US",)),
        ("미국(설립 완료)", ("US",)),
        ("미국:설립예정", Empty.NONE),
    ],
)
def test_an_entity_is_one_once_it_is_founded(read, text, places):
    assert read("local_entities", text) == (places, [])


@pytest.mark.parametrize("field", ["local_entities", "joint_research", "irb", "local_pi"])
@pytest.mark.parametrize("text", ["X", "×", "무", "미보유", "없음", "미신청"])
def test_a_plain_no_means_none(read, field, text):
    assert read(field, text) == (Empty.NONE, [])


@pytest.mark.parametrize("field", ["local_entities", "joint_research", "irb", "local_pi"])
@pytest.mark.parametrize("text", ["O", "○", "유", "있음"])
def test_a_plain_yes_names_nothing_and_is_told(read, field, text):
    assert read(field, text) == (None, [text])


@pytest.mark.parametrize(
    ("text", "name", "status"),
    [
        ("NUS 계약", "NUS", "signed"),
        ("NUS와 계약 체결", "NUS", "signed"),
        ("NUS 협의 중", "NUS", "in talks"),
        ("NUS-계약", "NUS", "signed"),
        ("NUS - 계약", "NUS", "signed"),
        ("NUS:체결완료", "NUS", "signed"),
        ("NUS 계약(2024.3)", "NUS", "signed"),
        ("MGH 방사선과 협의", "MGH 방사선과", "in talks"),
        ("Broad Institute 종료", "Broad Institute", "ended"),
        ("Mass General Brigham", "Mass General Brigham", None),
        ("Duke-NUS", "Duke-NUS", None),
        ("싱가포르국립대(NUS)", "싱가포르국립대(NUS)", None),
        ("NUS 계약 예정", "NUS 계약 예정", None),
        ("NUS 계약 진행중", "NUS 계약 진행중", None),
        ("계약 체결", "계약 체결", None),
    ],
)
def test_a_status_behind_a_name_is_read(read, text, name, status):
    assert read("joint_research", text) == ((Item(name, status),), [])


@pytest.mark.parametrize(
    "text",
    [
        "NUS(MOU)",
        "NUS MOU 체결",
        "NUS(계약 예정)",
        "NUS:계약(예정)",
        "NUS:계약(해지)",
        "NUS:signed (planned)",
    ],
)
def test_what_falls_short_of_a_status_is_none_and_told(read, text):
    assert read("joint_research", text) == ((Item("NUS", None),), [text])


@pytest.mark.parametrize(
    ("text", "status"), [("NUH 승인 완료", "approved"), ("NUH 심사 중", "submitted")]
)
def test_a_status_behind_the_name_of_a_board_is_read(read, text, status):
    assert read("irb", text) == ((Item("NUH", status),), [])


def test_whom_a_tenant_met_is_kept_as_it_stands(read):
    assert read("contacted_before", "MGH 거절") == (("MGH 거절",), [])
