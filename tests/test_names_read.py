"""What cells of places, and of things with a name and a status, mean as offices write them."""

import pytest

from matcher.features.texts import FACETS
from matcher.intake.headers import HeaderIndex
from matcher.quantities import Empty, Item
from matcher.text.mentions import MentionFinder


def each(table):
    """Return a case for each spelling of each meaning."""
    return [(text, meaning) for meaning, texts in table.items() for text in texts.split("|")]


PLACES = {
    ("US", "SG"): "미국 싱가포르|미국 - 싱가포르|1순위: 미국 2순위: 싱가포르|미국 (1순위) 싱가포르",
    ("US", "SG", "JP"): "미국 싱가포르 일본",
    ("SG", "US"): "싱가포르 이후 미국",
    ("US", "JP"): "미국 일본",
    ("Boston", "SG"): "미국(보스턴) 싱가포르|미국 보스턴 싱가포르|보스턴(미국) 싱가포르",
    ("Boston", "Biopolis"): "미국(보스턴) 싱가포르(바이오폴리스)",
    ("Boston", "New York"): "미국 보스턴 뉴욕|미국(보스턴, 뉴욕 등)",
    ("Boston",): "미국 보스턴|보스턴 미국|그레이터 보스턴 지역|Office in Boston",
    ("GB",): "영국 케임브리지|영국 캠브리지|영국(케임브리지)|Cambridge (UK)",
    ("GB", "SG"): "영국 케임브리지 싱가포르",
    ("Cambridge",): "미국 케임브리지|보스턴(케임브리지)",
    ("US",): "미국(장기: 유럽)|미국(향후 유럽 확대)|글로벌(미국 중심)",
    ("SG",): "싱가포르(추후 말레이시아)|싱가포르(동남아)",
    ("SG", "MY"): "싱가포르(말레이시아)",
    ("SG", "JP"): "아시아(싱가포르, 일본)|1순위(싱가포르) 2순위(일본)",
}


@pytest.mark.parametrize(("text", "places"), each(PLACES))
def test_places_that_lie_apart_all_count_in_the_order_of_the_text(read, text, places):
    assert read("target_countries", text) == (places, [])


ENTITIES = {
    ("US",): "미국 법인 설립 싱가포르 예정|싱가포르 예정 미국 법인 설립",
    ("US", "SG"): "미국 싱가포르|미국 법인 설립 싱가포르 법인 설립",
    Empty.NONE: "미국 싱가포르 설립 예정",
}


@pytest.mark.parametrize(("text", "places"), each(ENTITIES))
def test_of_several_places_only_those_with_an_entity_count(read, text, places):
    assert read("local_entities", text) == (places, [])


@pytest.mark.parametrize(
    ("field", "text", "places"),
    [
        ("local_entities", "미국 델라웨어(사무실은 보스턴)", ("Delaware",)),
        ("local_entities", "미국(보스턴 사무소)", ("US",)),
        ("local_entities", "미국(보스턴)", ("Boston",)),
        ("local_entities", "미국(보스턴 법인 설립, 사무실 있음)", ("Boston",)),
        ("local_entities", "싱가포르(입주 예정)", Empty.NONE),
        ("local_entities", "싱가포르(사무소, 법인 없음)", Empty.NONE),
        ("local_sites", "미국(보스턴 사무소)", ("Boston",)),
    ],
)
def test_an_office_is_a_site_and_no_entity(read, field, text, places):
    assert read(field, text) == (places, [])


STATUSES = [
    ("joint_research", "NUS: 체결('25.3)", "NUS", "signed"),
    ("joint_research", "NUS(체결)", "NUS", "signed"),
    ("joint_research", "NUS:체결(’25.3~’26.2)", "NUS", "signed"),
    ("joint_research", "NUS 공동연구 계약 체결", "NUS", "signed"),
    ("joint_research", "NUS와 공동연구 진행중", "NUS", "signed"),
    ("joint_research", "NUS와의 공동연구 협의중", "NUS", "in talks"),
    ("joint_research", "NUS 공동연구: 계약", "NUS", "signed"),
    ("joint_research", "공동연구센터 협의중", "공동연구센터", "in talks"),
    ("joint_research", "NUS 공동연구", "NUS 공동연구", None),
    ("irb", "NUH IRB 승인", "NUH", "approved"),
    ("irb", "NUH IRB: 심의중", "NUH", "submitted"),
    ("irb", "NUH 심의 중", "NUH", "submitted"),
    ("irb", "NUH(심의중)", "NUH", "submitted"),
]


@pytest.mark.parametrize(("field", "text", "name", "status"), STATUSES)
def test_neither_a_date_nor_the_kind_of_work_hides_name_and_status(read, field, text, name, status):
    assert read(field, text) == ((Item(name, status),), [])


CONSENT = {
    "yes": "동의('26.9.15)|동의합니다|동의합니다.|네|네, 동의합니다.|예, 동의합니다|네 (2026.9.15)",
    "no": "동의하지 않습니다|동의하지 않습니다.",
}


@pytest.mark.parametrize(("text", "answer"), each(CONSENT))
def test_consent_is_read_as_people_answer(read, text, answer):
    assert read("consent_external", text) == (answer, [])


@pytest.mark.parametrize("text", ["동의합니다(기업명 비공개)", "네, 단 내부용만", "네(조건부)"])
def test_consent_under_a_condition_stays_unread(read, text):
    assert read("consent_external", text) == (None, [text])


@pytest.mark.parametrize(
    ("text", "need"),
    [
        *((text, "need_space") for text in ("입주", "해외 입주", "해외입주", "입주공간")),
        *((text, "need_license_out") for text in ("라이센싱", "라이센스아웃", "라이센스 아웃")),
        ("해외특허", "need_ip"),
        ("전시회", "need_exhibition"),
        ("정부과제", "need_grant"),
    ],
)
def test_a_need_is_known_by_its_plain_form(read, text, need):
    assert read("needs", text) == ((need,), [])


@pytest.mark.parametrize(
    "text", ["입주 기업임", "정부과제 수행중", "전시회에서 만남", "해외특허 3건"]
)
def test_plain_forms_of_needs_are_no_needs_in_running_text(catalogue, text):
    found = MentionFinder(catalogue.vocabulary, FACETS).find(text)
    assert [mention for mention in found if mention.facet == "need"] == []


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("진단키트", "체외진단"),
        ("건기식", "기타"),
        ("의료SW", "디지털헬스"),
        ("의료 SW", "디지털헬스"),
    ],
)
def test_a_sector_is_known_by_its_plain_form(read, text, sector):
    assert read("sector", text) == (sector, [])


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("핵심 보유기술", "tech_summary"),
        ("보유 핵심기술", "tech_summary"),
        ("상시 종업원 수", "employees"),
        ("누적투자유치금(백만원)", "funding_total"),
        ("접수일시", "survey_date"),
        ("상담일자", "survey_date"),
        ("타겟 적응증", "indication"),
        ("영문IR 보유여부", "english_ready"),
        ("현재 투자단계", "funding_round"),
        ("요청 지원분야", "needs"),
    ],
)
def test_a_header_is_known_as_offices_write_it(catalogue, header, field):
    assert HeaderIndex(catalogue.vocabulary).column(0, header).field == field
