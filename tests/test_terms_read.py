"""Which terms a cell of words means: those it lists, and the stage or round it has reached."""

import pytest

from matcher.intake.values import read_cell

INVESTMENT, TRIAL, REGULATORY, RESEARCH, LICENSE = (
    f"need_{name}"
    for name in (
        "investment",
        "clinical_trial",
        "regulatory",
        "joint_research",
        "license_out",
    )
)


def each(table):
    """Return a case for each spelling of each meaning."""
    return [(text, meaning) for meaning, texts in table.items() for text in texts]


@pytest.fixture
def read(catalogue):
    """Return what a cell means, and the words in it that are not known."""

    def read(field: str, text: str):
        reading = read_cell(text, catalogue.vocabulary.fields[field], catalogue.vocabulary)
        return reading.value, reading.unknown

    return read


NEEDS = {
    (INVESTMENT, TRIAL, REGULATORY): [
        "투자유치 임상시험 인허가",
        "투자유치-임상-인허가",
        "1순위 투자유치 2순위 임상 3순위 인허가",
    ],
    (INVESTMENT, TRIAL): ["1순위 투자유치 2순위 임상시험", "1순위: 투자유치, 2순위: 임상시험"],
    (INVESTMENT, RESEARCH): [
        "투자유치와 공동연구",
        "투자유치와공동연구",
        "투자유치+공동연구",
        "투자유치 & 공동연구",
        "투자유치 - 공동연구",
        "해외 투자유치 R&D 협력",
        "fundraising and joint research",
    ],
    (RESEARCH, INVESTMENT): ["R&D 협력 & 투자유치", "공동연구와 투자 유치"],
    (INVESTMENT, REGULATORY): ["투자유치|인허가"],
    (LICENSE, INVESTMENT): ["빅파마 L/O, 투자유치"],
    (LICENSE,): ["글로벌 기술이전", "빅파마 L/O"],
    ("need_ir",): ["IR·피칭"],
}


@pytest.mark.parametrize(("text", "needs"), each(NEEDS))
def test_every_need_that_an_item_lists_is_read_in_order(read, text, needs):
    assert read("needs", text) == (needs, [])


@pytest.mark.parametrize("text", ["투자유치 관련 임상시험", "글로벌 기술이전 우주 투자유치"])
def test_an_item_with_two_needs_and_a_strange_word_is_told_not_halved(read, text):
    assert read("needs", text) == ((text,), [text])


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("중증 고중성지방혈증", ("dyslipidemia",)),
        ("소아 뇌전증", ("epilepsy",)),
        ("폐암+뇌전증", ("lung_cancer", "epilepsy")),
        ("폐암과 뇌전증", ("lung_cancer", "epilepsy")),
    ],
)
def test_diseases_beside_each_other_are_one_unless_a_mark_parts_them(read, text, terms):
    assert read("indication", text) == (terms, [])
