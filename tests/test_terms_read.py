"""Which terms a cell of words means: those it lists, and the stage or round it has reached."""

import pytest

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
        "미국 투자유치와 현지 공동연구",
        "글로벌 투자유치 + 해외 공동연구",
    ],
    (RESEARCH, INVESTMENT): ["R&D 협력 & 투자유치", "공동연구와 투자 유치"],
    (INVESTMENT, REGULATORY): ["투자유치|인허가"],
    (LICENSE, INVESTMENT): ["빅파마 L/O, 투자유치"],
    (RESEARCH,): ["글로벌 제약사와 공동연구"],
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


STAGES = {
    "filed": [
        "품목허가 심사중",
        "품목허가 접수",
        "품목허가(심사중)",
        "임상3상 완료, 품목허가 심사중",
        "품목허가 신청",
        "NDA 심사중",
    ],
    "p3": ["품목허가 준비중", "품목허가 심사 준비중", "NDA 준비중"],
    "pivotal": [
        "식약처 허가 심사중",
        "인증 심사중",
        "CE 인증 심사중",
        "허가 심의중",
        "인증 결과 대기",
    ],
    "approved": ["품목허가", "품목허가 완료", "품목허가(2024.3)"],
    "cleared": ["CE 인증", "식약처 허가", "CE 인증 완료"],
    "nonclinical": [
        *("IND 제출", "IND 제출 완료", "IND 접수", "IND 심사중", "IND 작성중", "FDA IND 제출"),
        *(
            "IND filing",
            "IND 승인 심사중",
            "IND(제출)",
            "IND(준비중)",
            "1상(준비중)",
            "IND(2027년 상반기 예정)",
        ),
        *("비임상 → 2027년 IND", "비임상 단계 → IND 2027년 상반기", "비임상, 27년 1상"),
        *("비임상 (2027년 IND)", "1상 IRB 승인", "임상1상 IRB 심의중"),
    ],
    "ind": ["IND", "IND 승인", "임상 1상 IND 승인", "IND 제출 후 승인", "1상 임상시험계획 승인"],
    "p1": [
        *(
            "임상 2상 IND 제출",
            "임상 1상 결과 대기",
            "1상 결과 발표 대기",
            "1상 IRB 승인 후 진행중",
        ),
        *("1상(진행중)", "1상 완료, 2상 IRB 승인"),
    ],
    "p2": ["임상 2상 진행 중", "1상 완료(2022), 2024년 2상 진행중", "2상 2024년"],
    "prototype": ["시제품→27년 인증", "시제품, GMP 인증", "시제품, 인증 심사중"],
    "exploratory": ["확증 임상시험 계획 승인", "확증임상 IRB 승인"],
}


@pytest.mark.parametrize(("text", "stage"), each(STAGES))
def test_a_stage_is_never_rounded_up_to_what_is_asked_for_planned_or_only_allowed(
    read, text, stage
):
    assert read("dev_stage", text) == (stage, [])


@pytest.mark.parametrize(
    "text", ["KGMP 인증", "GMP 인증(준비중)", "ISO 13485 인증", "벤처기업 인증"]
)
def test_the_certificate_of_a_factory_or_a_company_is_no_stage_of_a_product(read, text):
    assert read("dev_stage", text) == (text, [text])


ROUNDS = {
    "seed": [
        "시드 완료, Pre-A 진행중",
        "시드 완료 / Pre-A 유치중",
        "시드(프리A 진행중)",
        "시드 유치 완료",
    ],
    "pre_a": [
        *("시리즈A 유치중", "시리즈A 투자유치 중", "시리즈A 준비중", "시리즈A(유치중)"),
        "시리즈A 협의",
    ],
    "a": [
        *("시리즈B 협의중", "시리즈A 투자유치 완료", "시리즈A 진행 완료", "브릿지 오픈"),
        *("시드(2021), 시리즈A(2023)", "시드 2021년, 시리즈A 2023년", "시리즈A(B 준비중)"),
    ],
    "pre_ipo": ["상장예비심사 청구", "상장 예비심사중"],
    "listed": ["상장", "코스닥 상장", "코스닥 상장(2023)"],
    "bridge": ["시리즈A(브릿지)", "Series A (Bridge)", "Series A Bridge", "시리즈A 브릿지"],
}


@pytest.mark.parametrize(("text", "stage"), each(ROUNDS))
def test_a_round_is_the_last_one_closed_never_one_under_way(read, text, stage):
    assert read("funding_round", text) == (stage, [])


@pytest.mark.parametrize(
    ("field", "text", "meaning"),
    [
        ("dev_stage", "2023년 비임상 완료, 2024년 IND 승인", "ind"),
        ("dev_stage", "임상1상 완료 후 2상 준비", "p1"),
        ("dev_stage", "임상 2상 진행 중", "p2"),
        ("dev_stage", "품목허가 진행중", "filed"),
        ("funding_round", "Series B 진행중", "b"),
        ("funding_round", "시드 완료, 프리A 진행중", "seed"),
        ("funding_round", "프리A 진행중(시드 완료)", "seed"),
    ],
)
def test_what_is_done_counts_and_a_round_under_way_alone_is_the_round(read, field, text, meaning):
    assert read(field, text) == (meaning, [])
