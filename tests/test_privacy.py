"""Personal strings in free text are masked; ordinary words stay as they are."""

import pytest

from matcher.intake.privacy import MASK, drop_brackets, mask


@pytest.mark.parametrize(
    "text",
    [
        "대표이사 박가상",
        "대표이사: 박가상",
        "담당: 이허구 팀장",
        "담당자 이허구",
        "담당자: 이허구",
        "홍모의 박사",
        "2026 홍모의 박사",
        "3홍모의 박사",
        "이허구 팀장",
        "이허구 이사",
        "이허구 과장",
        "이허구 부장",
        "이허구 본부장",
        "이허구 연구원",
        "이허구 책임",
        "이허구팀장님",
        "02)0000-4444",
        "031) 000-4444",
        "카톡 ID abc123",
        "카카오톡 아이디: abc_123",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "문의는 {}, 미국 진출", "(2026년) {} / 진출"])
def test_a_person_in_free_text_is_masked(text, frame):
    masked, found = mask(frame.format(text))
    assert found == 1
    assert MASK in masked
    for private in ("허구", "가상", "홍모", "4444", "abc"):
        assert private not in masked


@pytest.mark.parametrize("phrase", ["이허구 팀장이 참석", "담당자 이허구가 조율", "이허구 책임은"])
def test_a_person_before_a_particle_is_masked(phrase):
    assert "허구" not in mask(phrase)[0]


@pytest.mark.parametrize(
    "phrase",
    [
        "연구책임자",
        "유전체 대표 마커 발굴",
        "연구소 대표 플랫폼 ADC",
        "소화기 교수 협력",
        "현지 연구책임자 확보",
        "대표 제품",
        "대표 서비스",
        "담당 기관",
        "담당 연구원 채용",
        "담당: 연구소",
        "담당: 기획팀",
        "담당: 한국지사",
        "담당자 미정",
        "담당자 지정중",
        "담당자 변경됨",
        "담당자 전원",
        "담당자 공석",
        "담당자 연락처 별도",
        "담당자: 전화번호",
        "대표이사 미정",
        "대표이사 변경",
        "대표이사 선임중",
        "공동연구 책임",
        "공동연구 책임 기관",
        "임상연구원",
        "임상시험 연구원",
        "책임연구원",
        "선임연구원",
        "전임연구원",
        "주임연구원 2명",
        "현지인 연구원 채용",
        "박사급 연구원",
        "한국인 이사",
        "정규직 연구원 3명",
        "이사회",
        "이사회 승인",
        "사외이사",
        "연구소 이사회",
        "보스턴으로 이사 예정",
        "서울로 이사",
        "전적인 책임",
        "민사상 책임",
        "제조물 책임 보험",
        "안전성 책임",
        "한국생명공학연구원",
        "고려대 연구원",
        "기술부 과장급",
        "우리의 박사 인력",
        "한국의 박사급 인력",
        "카카오톡 API 연동",
        "카톡 ID 없음",
        "2)2024-2025 계획",
        "임상 2상 (2)1234",
    ],
)
def test_ordinary_words_stay(phrase):
    assert mask(phrase) == (phrase, 0)


@pytest.mark.parametrize(
    "phrase",
    [
        "보스턴 지사에 연구원 3명",
        "전원을 연구원으로",
        "공동의 책임",
        "기관별 연구원",
        "신약용 연구원",
        "원자력연구원",
        "박사후연구원",
    ],
)
def test_a_noun_before_a_title_is_no_name(phrase):
    assert mask(phrase) == (phrase, 0)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("김가상(010-0000-1234)", MASK),
        ("010-0000-1234(김가상)", MASK),
        ("010-0000-1234 김가상", MASK),
        ("이솔(ceo@example.com)", MASK),
        ("김가상 대표(010-0000-1234)", MASK),
        ("청람테라(김가상, 010-0000-1234)", f"청람테라({MASK})"),
        ("청람테라(010-0000-1234)", f"청람테라({MASK})"),
        ("청람테라(02-000-1234)", f"청람테라({MASK})"),
        ("(02) 000-1234", MASK),
        ("미국 진출: ceo@example.com", f"미국 진출: {MASK}"),
        ("연락처 010-0000-1234", f"연락처 {MASK}"),
    ],
)
def test_a_name_beside_a_number_goes_with_it_and_brackets_stay_in_pairs(text, left):
    assert mask(text) == (left, 1)


@pytest.mark.parametrize(
    "text",
    [
        "대표 김가상",
        "대표자: 김가상",
        "CEO 김가상",
        "PI: 홍길동",
        "연구책임자 홍길동",
        "원장 홍길동",
        "교수 홍길동",
        "담당자(김가상)",
        "문의: 김가상",
        "작성자: 김가상",
        "대표: 이솔",
        "대표 남궁민수",
        "성명: 제갈민",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "청람테라({})", "미국 진출, {} / 협의중"])
def test_a_name_behind_a_title_is_masked(text, frame):
    assert mask(frame.format(text)) == (frame.format(MASK), 1)


@pytest.mark.parametrize(
    "text",
    [
        f"홍길동 {title}"
        for title in [
            "연구소장",
            "소장",
            "센터장",
            "실장",
            "상무",
            "전무",
            "부사장",
            "사장",
            "회장",
            "공동대표",
            "부대표",
            "차장",
            "대리",
            "매니저",
            "선임연구원",
            "책임연구원",
            "수석연구원",
            "부교수",
            "조교수",
            "명예교수",
            "CEO",
            "CTO",
        ]
    ]
    + ["홍길동님", "홍길동(대표)", "홍길동 (CEO)", "홍길동소장", "남궁민수 대표", "제갈공명 대표"],
)
def test_a_name_before_any_title_is_masked(text):
    assert mask(f"{text}, 미국 진출") == (f"{MASK}, 미국 진출", 1)


@pytest.mark.parametrize(
    "phrase",
    [
        "대표 제품",
        "대표 기술",
        "대표 신약은",
        "대표 연구자",
        "대표 이미지",
        "교수 창업",
        "교수 연구실",
        "원장 승인",
        "원장 이하",
        "문의: 본사",
        "문의: 홈페이지",
        "문의: 기획실",
        "담당자(미정)",
        "PI: 미정",
        "PI 미정",
        "대표자: 변경",
        "기관 대표",
        "심장 센터장",
        "한의학 책임연구원",
        "권리자 대리",
        "선생님",
        "고객님",
        "연구자님",
        "CEO 교체",
        "CTO 채용",
        "기업부설연구소장",
        "공장장",
        "임상 매니저",
        "유전체센터장",
        "책임연구원 3명",
        "현지 대리점",
    ],
)
def test_words_beside_a_title_stay(phrase):
    assert mask(phrase) == (phrase, 0)


@pytest.mark.parametrize(
    "text",
    [
        "Dr. John Smith",
        "Dr. Tan Wei Ming",
        "Prof. Jane Doe",
        "이솔 대표",
        "+1 617-555-0100",
        "(617) 555-0100",
        "+65 6000 0000",
        "900101 1000000",
        "9001011000000",
        "900101-1******",
        "ceo(at)example.co.kr",
        "ceo [at] example.co.kr",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "미국 진출: {}, 협의중", "({})"])
def test_foreign_persons_short_names_and_other_numbers_are_masked(text, frame):
    assert mask(frame.format(text)) == (frame.format(MASK), 1)


@pytest.mark.parametrize(
    "phrase",
    [
        "Prof. of Medicine",
        "Dr. Reddy's Laboratories",
        "HN-0012",
        "10,000,000,000원",
        "10000000000",
        "1200000000000",
        "2026-03-01 2027-04-01",
        "2024.01.02",
        "특허 10-2020-0001234",
        "성장률 +20% 2024",
        "매출 (300) 200 2024",
        "임상 대표",
        "지역 대표",
        "한국 대표, 미국 지사",
        "이솔 대표 제품",
    ],
)
def test_numbers_and_words_of_other_kinds_stay(phrase):
    assert mask(phrase) == (phrase, 0)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("청람테라(김가상)", ("청람테라", 1)),
        ("(주)청람테라 (김가상)", ("(주)청람테라", 1)),
        ("청람테라(김가상(대표))", ("청람테라", 2)),
        ("청람테라(김가상", ("청람테라", 1)),
        ("청람테라(주)", ("청람테라(주)", 0)),
    ],
)
def test_brackets_that_hold_a_person_are_dropped_and_the_form_of_company_stays(text, left):
    assert drop_brackets(text) == left


def test_brackets_without_end_are_dropped_however_many_they_are():
    assert drop_brackets("가나" + "(" * 2000) == ("가나", 2000)
