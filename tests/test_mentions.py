"""Terms found in free text: the longest, at a boundary, and what is said of them."""

import pytest

from matcher.text import DENIED, PUT_OFF, STATED, MentionFinder, first_by_term


@pytest.fixture(scope="module")
def find(catalogue):
    """Return the terms of a text with their states, in the facets that are looked at."""

    def find(text, *facets):
        facets = facets or ("need", "modality", "indication", "stage")
        mentions = MentionFinder(catalogue.vocabulary, facets).find(text)
        return [(mention.term_id, mention.state) for mention in mentions]

    return find


def terms(mentions):
    return [term_id for term_id, _ in mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("비소세포폐암 치료제", ["lung_cancer"]),
        ("간질환과 간질", ["liver_disease", "epilepsy"]),
        ("임상 1b/2a상", ["p1b2a"]),
        ("CAR-T 세포치료제", ["car_t", "cell_therapy"]),
        ("위암·췌장암", ["gastric_cancer", "pancreatic_cancer"]),
        ("안암에서 시작한 폐암 연구", ["lung_cancer"]),
    ],
)
def test_the_longest_form_is_found_and_none_inside_another(find, text, found):
    assert terms(find(text)) == found


@pytest.mark.parametrize(
    "text", ["Wet Lab", "wetlab", "WET-LAB", "Ｗｅｔ　Ｌａｂ", "웻 랩", "웻·랩"]
)
def test_blanks_hyphens_dots_widths_and_cases_do_not_hide_a_form(find, text):
    assert terms(find(f"현지 {text} 필요")) == ["need_wet_lab"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("교육", ["need_training"]),
        ("교육이 필요", ["need_training"]),
        ("교육·자문", ["need_training", "need_mentoring"]),
        ("교육컨설팅", ["need_training", "need_mentoring"]),
        ("재교육", []),
        ("교육청", []),
        ("Phase 1", ["p1"]),
        ("Phase 10", []),
        ("MRCTs 준비", ["need_clinical_trial"]),
        ("MRCTX 준비", []),
        ("XMRCT 준비", []),
    ],
)
def test_a_short_form_stands_between_boundaries(find, text, found):
    assert terms(find(text)) == found


@pytest.mark.parametrize(
    ("wrong", "right", "term"),
    [
        ("고가의 장비만 보유", "비만", "obesity"),
        ("설비만 갖춤", "비만", "obesity"),
        ("시드니 진출", "시드", "seed"),
        ("구체적 방안과 일정", "안과", "ophthalmology"),
        ("확인증 발급", "인증", "need_regulatory"),
        ("회수율 개선", "회수", "need_mna_exit"),
        ("폐업사실증명 제출", "실증", "need_poc"),
        ("발급세무서명 기재", "세무", "need_legal"),
    ],
)
def test_a_form_inside_a_word_that_means_something_else_is_not_found(find, wrong, right, term):
    facets = ("need", "indication", "round")
    assert find(wrong, *facets) == []
    assert terms(find(right, *facets)) == [term]
    assert terms(find(f"{wrong}, {right}", *facets)) == [term]


@pytest.mark.parametrize("text", ["안암동 소재", "고대안암병원", "안암에 위치", "암시하는 결과"])
def test_anam_is_a_place_and_no_cancer(find, text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MRCT 수행", ["need_clinical_trial"]),
        ("mrct 수행", []),
        ("ADC 개발", []),
        ("API 연동", []),
        ("항체약물접합체(ADC) 개발", ["adc"]),
    ],
)
def test_an_abbreviation_is_read_in_capitals_and_only_where_it_means_one_thing(find, text, found):
    assert terms(find(text)) == found


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("{} 희망", STATED),
        ("{}는 불필요", DENIED),
        ("{} 필요 없음", DENIED),
        ("{} 계획 없음", DENIED),
        ("{}은 필요하지 않음", DENIED),
        ("{}를 희망하지 않음", DENIED),
        ("{}(X)", DENIED),
        ("{} is not needed", DENIED),
        ("□ {}", DENIED),
        ("☐ {}", DENIED),
        ("[ ] {}", DENIED),
        ("■ {}", STATED),
        ("□ 등록 ■ {}", STATED),
        ("{}은 추후 진행", PUT_OFF),
        ("{}는 아직", PUT_OFF),
        ("{}은 나중에 희망", STATED),
        ("{} 희망, 입주는 불필요", STATED),
        ("{} 희망하며 입주는 불필요", STATED),
        ("{}. 입주 불필요", STATED),
    ],
)
def test_the_rest_of_its_clause_says_whether_a_mention_holds(find, text, state):
    assert find(text.format("CDMO")) == [("need_cdmo", state)]


def test_a_denial_counts_for_all_that_are_named_together_and_for_nothing_else(find):
    assert find("공동연구 및 기술이전은 불필요, 투자유치 희망") == [
        ("need_joint_research", DENIED),
        ("need_license_out", DENIED),
        ("need_investment", STATED),
    ]


def test_a_mention_carries_its_words_and_where_they_stand(catalogue):
    finder = MentionFinder(catalogue.vocabulary, ("need",))
    (mention,) = finder.find("현지 투자 유치 희망")
    assert (mention.facet, mention.start, mention.end) == ("need", 3, 8)
    assert mention.evidence == "투자 유치"


def test_a_form_of_two_facets_is_found_in_the_first(catalogue):
    both = [("need", "stage"), ("stage", "need")]
    finders = [MentionFinder(catalogue.vocabulary, facets) for facets in both]
    assert [finder.find("시제품 제작")[0].facet for finder in finders] == ["need", "stage"]


def test_the_first_mention_that_is_stated_stands_for_its_term(catalogue):
    finder = MentionFinder(catalogue.vocabulary, ("need",))
    found = first_by_term(finder.find("CDMO 불필요. CDMO 희망. CDMO 구함. 투자유치 불필요."))
    assert [(key, mention.start) for key, mention in found.items()] == [(("need", "need_cdmo"), 10)]


def test_a_stage_to_come_is_not_stated(find):
    assert ("p1", STATED) not in find("1상 준비중", "stage")


@pytest.mark.parametrize("text", ["추후 투자유치", "no CDMO needed", "필요 없는 CRO"])
def test_what_stands_before_a_mention_may_deny_it_or_put_it_off(find, text):
    assert all(state != STATED for _, state in find(text))
