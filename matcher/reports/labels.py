"""The words of reports in both languages. Ids never stand alone in front of a reader."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.catalogue import Text
from matcher.catalogue.vocabulary import Field
from matcher.features import FIELD_OF_BLOCK, TEXT

VERDICTS = {
    "eligible": Text(ko="적격", en="eligible"),
    "conditional": Text(ko="조건부", en="conditional"),
    "ineligible": Text(ko="부적격", en="ineligible"),
}
VERDICT_MARKS = {"eligible": "○", "conditional": "△", "ineligible": "×"}
"""What a verdict looks like where colours cannot be told apart."""

RULE_VERDICTS = {
    "met": Text(ko="충족", en="met"),
    "not_met": Text(ko="미충족", en="not met"),
    "unknown": Text(ko="확인 필요", en="to be confirmed"),
    "not_applicable": Text(ko="해당 없음", en="not applicable"),
}
RULE_MARKS = {"met": "○", "unknown": "?", "not_met": "×", "not_applicable": "–"}
RULE_KINDS = {
    "entry": Text(ko="진입 요건", en="entry rule"),
    "before_start": Text(ko="착수 전 협의", en="before work starts"),
    "preference": Text(ko="우대 사항", en="preference"),
    "process": Text(ko="절차", en="process"),
}
RULE_STATUSES = {
    "confirmed": Text(ko="확인됨", en="confirmed"),
    "recheck": Text(ko="재확인 필요", en="to be rechecked"),
}
REASONS = {
    "beyond_k": Text(ko="순위 밖", en="beyond the number shown"),
    "below_floor": Text(ko="공통점 부족", en="too little in common"),
    "outside_target": Text(ko="희망국가 밖", en="outside the target places"),
    "contacted": Text(ko="기 접촉(제외 요청)", en="contacted already (left out on request)"),
    "declined": Text(ko="거절 이력", en="refused before"),
    "left_out": Text(ko="검토 대상 아님", en="not considered"),
}
MISSING = {
    "nobody": Text(ko="제공 기관 없음", en="nobody offers it"),
    "ineligible": Text(ko="요건 미충족", en="excluded by a rule"),
    "below_floor": Text(ko="공통점 부족", en="too little in common"),
    "declined": Text(ko="거절·기 접촉으로 제외", en="refused or contacted"),
    "left_out": Text(ko="검토 대상 아님", en="not considered"),
}
"""Why a need is not served in a cluster."""
PROBLEMS = {
    "missing_required": Text(ko="필수 항목 누락", en="required cell empty"),
    "bad_value": Text(ko="값 오류(미기재로 처리)", en="bad value (read as not stated)"),
    "duplicate_id": Text(ko="관리번호 중복", en="duplicate id"),
    "ambiguous_header": Text(ko="머리글 중복", en="ambiguous header"),
    "unreadable": Text(ko="읽을 수 없음", en="unreadable"),
    "unknown_column": Text(ko="알 수 없는 열(읽지 않음)", en="unknown column (left out)"),
    "unknown_term": Text(ko="용어집에 없는 낱말(원문 유지)", en="unknown word (kept as text)"),
    "personal_dropped": Text(ko="개인정보 삭제", en="personal data dropped"),
    "skipped_row": Text(ko="기업이 아닌 행", en="row that is no tenant"),
    "encoding": Text(ko="문자 인코딩", en="encoding"),
}
FREE_TEXT = Text(ko="서술 내용", en="Free text")
FACTORS = {
    "strength": Text(ko="근거 강도", en="strength of the evidence"),
    "need": Text(ko="수요 충족", en="needs served"),
    "sector": Text(ko="분야 범위", en="scope of sectors"),
    "modality": Text(ko="기술유형 범위", en="scope of modalities"),
    "indication": Text(ko="적응증 범위", en="scope of indications"),
    "stage": Text(ko="개발단계 범위", en="scope of stages"),
    "round": Text(ko="투자단계 범위", en="scope of rounds"),
}
EMPTIES = {
    "none": Text(ko="없음", en="none"),
    "undecided": Text(ko="미정", en="undecided"),
}
BASES = {
    "sourced": Text(ko="공개 근거 있음", en="on public record"),
    "proposed": Text(ko="제안 단계", en="proposed"),
}
OPTIONS = {
    "k": Text(ko="추천 수", en="matches"),
    "anywhere": Text(ko="희망국가 밖 포함", en="outside target places"),
    "leave_out_contacted": Text(ko="기 접촉기관 제외", en="contacted left out"),
    "morphology": Text(ko="형태소 검사", en="morphological check"),
    "set": Text(ko="바꿔 본 사실", en="facts changed"),
    "told_from": Text(ko="비교 기준일", en="told against"),
}
CLUSTERS = {
    "boston": Text(ko="보스턴", en="Boston"),
    "singapore": Text(ko="싱가포르", en="Singapore"),
    "hongneung": Text(ko="홍릉", en="Hongneung"),
}
OFFER_STATUSES = {
    "active": Text(ko="운영 중", en="active"),
    "closed": Text(ko="종료", en="closed"),
    "unsourced": Text(ko="제공 사항 미확인", en="nothing known"),
}
TOPICS = {
    "profile": Text(ko="개요", en="profile"),
    "service": Text(ko="지원 내용", en="service"),
    "focus": Text(ko="관심 분야", en="focus"),
    "capacity": Text(ko="규모", en="capacity"),
    "fee": Text(ko="비용", en="fee"),
    "ticket": Text(ko="지원·투자 금액", en="ticket"),
    "window": Text(ko="신청 시기·절차", en="window"),
    "record": Text(ko="실적", en="record"),
    "korea": Text(ko="한국과의 관계", en="links to Korea"),
    "contact": Text(ko="창구", en="contact"),
    "status": Text(ko="변동 사항", en="status"),
}
TIERS = {
    "official": Text(ko="공식", en="official"),
    "press_release": Text(ko="보도자료", en="press release"),
    "news": Text(ko="언론", en="news"),
    "secondary": Text(ko="2차 자료", en="secondary"),
}

_WORDS = {
    "title": ("해외 파트너 매칭 보고서", "Overseas partner match report"),
    "summary": ("총괄", "Summary"),
    "ranking": ("순위", "Ranking"),
    "reasons": ("근거", "Reasons"),
    "problems": ("확인할 점", "Problems"),
    "run": ("실행 기록", "Run record"),
    "tenant_id": ("관리번호", "Tenant ID"),
    "tenant": ("기업명", "Tenant"),
    "sector": ("분야", "Sector"),
    "targets": ("희망국가", "Target places"),
    "needs": ("희망 지원분야", "Needs"),
    "rank": ("순위", "Rank"),
    "partner": ("파트너", "Partner"),
    "offer": ("제공 사항", "Offer"),
    "cluster": ("클러스터", "Cluster"),
    "kind": ("유형", "Kind"),
    "score": ("적합도", "Fit"),
    "verdict": ("자격 판정", "Eligibility"),
    "open_rules": ("확인·충족 필요 요건", "Rules open"),
    "first": ("1순위", "First"),
    "second": ("2순위", "Second"),
    "third": ("3순위", "Third"),
    "near_misses": ("조건 충족 시 가능", "Near misses"),
    "ineligible": ("부적격", "Ineligible"),
    "not_ranked": ("추천하지 않음", "Not ranked"),
    "aspect": ("구분", "Aspect"),
    "item": ("항목", "Item"),
    "value": ("값", "Value"),
    "reason": ("사유", "Reason"),
    "source": ("출처", "Source"),
    "as_of": ("기준일", "As of"),
    "row": ("행", "Row"),
    "column": ("열", "Column"),
    "what": ("내용", "What"),
    "hint": ("조치", "Hint"),
    "profile": ("기업 개요", "Profile"),
    "need_detail": ("수요내용", "Need in words"),
    "recommended": ("추천 파트너", "Recommended partners"),
    "nobody": (
        "추천할 파트너 없음: 현재 카탈로그에 수요를 충족하는 기관이 없음.",
        "No suitable partner: nobody in the catalogue serves what is asked for.",
    ),
    "nobody_there": (
        "추천할 파트너 없음: 희망국가에 있는 파트너가 카탈로그에 없음.",
        "No suitable partner: the catalogue has none in the target places.",
    ),
    "sheet": ("시트", "Sheet"),
    "incomplete": (
        "필수 항목이 비어 있어 순위를 매기지 않음.",
        "Not ranked: a required cell is empty.",
    ),
    "parts": ("적합도 구성", "Parts of the fit"),
    "factors": ("곱한 계수", "Factors"),
    "record": (
        "선례(적합도와 별개): 비슷한 한국 기업의 공개된 연결 가운데 이 파트너의 몫",
        "Record, beside the fit: this partner's share in the public links of similar companies",
    ),
    "stability": (
        "가중치를 ±20% 안에서 바꿔도 상위 3곳에 드는 비율",
        "Among the first three when weights move by up to 20%",
    ),
    "shared": ("공통 항목", "In common"),
    "quoted": ("기업 서술", "In the tenant's words"),
    "rules": ("요건", "Rules"),
    "no_rules": ("미충족·미확인 요건 없음", "no rule is unmet or unknown"),
    "route": ("경로", "Route"),
    "no_route": ("경로 없음", "No route"),
    "steps": ("단계", "steps"),
    "sets": ("기재", "Cell"),
    "nothing_open": (
        "미충족·미확인 요건이 없어 필요한 단계 없음",
        "no rule is open: no step is needed",
    ),
    "no_rules_known": ("공개된 요건 없음", "no rules are published"),
    "no_near": ("조건 충족으로 열 수 있는 파트너 없음", "no partner that a route would open"),
    "opens": ("열림", "Opens"),
    "closes": ("닫힘", "Closes"),
    "moves": ("순위 변동", "Ranking"),
    "nothing_turns": ("달라지는 자격 판정 없음", "no verdict turns"),
    "nothing_moves": ("달라지는 순위 없음", "no rank moves"),
    "outside": ("희망국가 밖", "outside the target places"),
    "not_in_matches": ("순위 밖", "not ranked"),
    "comes": ("새로 적용되는 요건", "Rule that comes into effect"),
    "goes": ("더 이상 적용되지 않는 요건", "Rule that goes out of effect"),
    "not_in_effect": ("기준일에 적용되지 않음", "not in effect on the day"),
    "questions": ("확인 질문", "Questions"),
    "number": ("번호", "No."),
    "answer": ("답변", "Answer"),
    "field": ("목록 항목", "Field"),
    "stated": ("현재 기재", "Stated"),
    "settles": ("정해지는 판정 수", "Verdicts settled"),
    "concerns": ("관련 파트너", "Concerns"),
    "and_more": ("외 {}건", "and {} more"),
    "agreements": ("협약별 효과", "Agreements"),
    "best_agreements": ("협약 조합", "Best agreements"),
    "agreement": ("협약", "Agreement"),
    "weight": ("열리는 적합도 합", "Fit opened"),
    "pairs": ("열리는 연결 수", "Pairs opened"),
    "n_tenants": ("기업 수", "Tenants"),
    "opened_offers": ("열리는 제공 사항", "Offers opened"),
    "k": ("협약 수", "Agreements"),
    "greedy": ("차례로 고른 조합", "Chosen one by one"),
    "greedy_value": ("차례로 고른 값", "Value, one by one"),
    "guarantee": ("최적 대비 최소 보장", "At least this share of the best"),
    "best": ("최적 조합", "Best set"),
    "best_value": ("최적 값", "Best value"),
    "together": ("함께 체결 시", "Signed together"),
    "attrition": ("요건별 손실", "What rules cost"),
    "kind_of_rule": ("요건 종류", "Kind"),
    "alone": ("단독 제외", "Excluded alone"),
    "alone_fit": ("단독 제외 적합도 합", "Fit excluded alone"),
    "best_fit": ("최고 적합도", "Best fit"),
    "excluded_by": ("제외", "Excluded"),
    "unknown": ("확인 필요", "Unknown"),
    "unknown_fit": ("확인 필요 적합도 합", "Fit unknown"),
    "rule_id": ("rule_id", "rule_id"),
    "only_view": ("목록 파일은 바뀌지 않음", "nothing is written back"),
    "first_step": ("첫 단계", "First step"),
    "question": ("확인 질문", "Question"),
    "ask_first": ("먼저 확인", "ask first"),
    "recheck_link": ("현재 여부 확인 필요", "confirm that it still runs"),
    "proof": ("증빙", "Proof"),
    "takes": ("소요", "Takes"),
    "with": ("협력 대상", "with"),
    "bridges": ("연결 기관", "by way of"),
    "excluded": ("더 맞지만 요건으로 제외된 제공 사항", "Fits better, excluded by a rule"),
    "others": ("그 밖의 파트너", "Other partners"),
    "sum": ("합계", "Sum"),
    "tenants": ("기업", "Tenants"),
    "served": ("추천 있음", "With a recommendation"),
    "near_only": ("조건 충족 시 가능만 있음", "Only near misses"),
    "unserved": ("추천 없음", "Without any"),
    "incomplete_rows": ("필수 항목 누락", "Required cell empty"),
    "recommendations": ("추천 건수", "Recommendations"),
    "partners": ("검토한 파트너", "Partners considered"),
    "internal": ("내부용", "internal"),
    "external": ("외부 제공용(동의 기업만)", "external (consenting tenants only)"),
    "audience": ("용도", "Audience"),
    "age": ("근거의 시점", "Age of the evidence"),
    "age_of": (
        "제시한 제공 사항·요건 {used}건 중 {year}년보다 앞선 자료 {stale}건, 일자 미상 {undated}건",
        "of {used} offers and rules shown, {stale} rest on sources from before {year}, "
        "{undated} on undated ones",
    ),
    "clusters_common": ("공통점", "In common"),
    "clusters_different": ("차이점", "Different"),
    "clusters_improvements": ("홍릉의 개선 과제", "What Hongneung should mend"),
    "clusters_cooperation": ("협력 방안", "How to cooperate"),
    "undated": ("일자 미상", "undated"),
    "fit_part": ("적합도", "fit"),
    "rule_part": ("요건", "rule"),
    "summary_title": ("해외 파트너 매칭 요약", "Overseas partner match: summary"),
    "department": ("부서", "Department"),
    "written_on": ("작성일", "Date"),
    "handling": ("보안등급", "Handling"),
    "handling_internal": ("대외비", "Internal"),
    "handling_external": ("외부 제공용", "For release"),
    "technology": ("핵심기술", "Technology"),
    "demand": ("협력 수요", "What is asked for"),
    "access": ("접근 경로", "Way in"),
    "no_access": ("확인된 국내 연결 기관 없음", "no Korean body on record"),
    "to_confirm": ("확인 필요사항", "To confirm"),
    "nothing_to_confirm": ("없음", "nothing"),
    "next_steps": ("다음 조치", "Next steps"),
    "action": ("조치", "Action"),
    "in_charge": ("담당", "In charge"),
    "due": ("기한", "Due"),
    "ask_tenant": ("기업 확인", "Ask the tenant"),
    "settle": ("협의", "Settle"),
    "contact": ("요건 재확인 후 접촉", "Confirm the rules, then contact"),
    "fill_list": ("목록 보완", "Complete the list"),
    "list": ("구분", "List"),
    "fit_grounds": ("적합 근거", "Grounds"),
    "what_it_is": ("제공 내용", "What it is"),
    "considered": ("검토 후 제외한 파트너와 사유", "Considered and excluded"),
    "questions_to_tenant": ("기업에 확인할 사항", "Questions to the tenant"),
    "attachment": ("붙임", "Attachment"),
    "report_copy": ("기업별 매칭 보고서 1부.", "match report, 1 copy."),
    "record_copy": ("실행 기록 1부.", "run record, 1 copy."),
    "end": ("끝.", "End."),
    "partner_title": (
        "{partner}의 관심 분야에 맞는 홍릉 입주기업",
        "Hongneung tenants that fit the stated interests of {partner}",
    ),
    "n_fits": ("기업 수", "tenants"),
    "interests": ("공개된 관심 분야", "Stated interests"),
    "fitting_tenants": ("적합 기업", "Tenants that fit"),
    "to_settle": ("협의할 요건", "To be settled"),
    "all_pairs": ("총괄표", "All pairs"),
    "by_tenant": ("기업별", "By tenant"),
    "unmet": ("미충족 수요", "Unmet needs"),
    "unserved_tenants": ("추천 없는 기업", "Unserved tenants"),
    "list_matches": ("추천", "recommended"),
    "list_near_misses": ("조건 충족 시 가능", "near miss"),
    "list_ineligible": ("부적격", "ineligible"),
    "list_not_ranked": ("추천하지 않음", "not ranked"),
    "why_open": ("요건·사유", "Rules and reasons"),
    "status": ("근거 상태", "Status"),
    "need": ("수요", "Need"),
    "how_many_tenants": ("기업 수", "How many"),
    "why_missing": ("사유", "Why"),
    "nearest": ("가장 가까운 기관", "Nearest"),
    "partners_concerned": ("관련 파트너", "Partners concerned"),
    "nth": ("순위", "No."),
    "input": ("입력 목록", "Input"),
    "data_version": ("자료 판", "Data version"),
    "options": ("조건", "Options"),
    "weights": ("가중치", "Weights"),
    "rates": ("환율(원)", "Rates (KRW)"),
    "evidence_limits": ("근거의 한계", "Limits of the evidence"),
    "decision": ("판단번호", "Decision ID"),
    "component": ("구성요소", "Component"),
    "asking": ("수요 기업", "Tenants asking"),
    "served_needs": ("제공", "Served"),
    "served_wanting": ("희망 기업 중", "Of those that want it"),
    "served_by": ("제공 기관(기업 수)", "Served by (tenants)"),
    "missing_needs": ("부족한 수요(기업 수)", "Missing (tenants)"),
    "missing": ("부족", "Missing"),
    "beside": ("다른 구성요소의 수요", "A need of another component"),
    "in_other_component": ("다른 구성요소에서", "in another component"),
    "outside_components": (
        "여덟 구성요소에 들지 않는 수요",
        "Needs that fall to none of the eight components",
    ),
    "paper": ("논문", "Paper"),
    "served_basis": (
        "적합도와 자격은 희망국가와 무관하게 같은 순위표에서 옮긴 값. "
        "제공은 추천 기준을 넘고 요건으로 제외되지 않은 기관만 셈.",
        "Fits and verdicts are those of the ranking, wherever the tenant wants to go. "
        "Served counts partners above the floor that no rule excludes.",
    ),
    "limits": (
        "적합도는 공개 자료로 작성한 카탈로그와 기업 기재 내용의 유사도이며 "
        "협력 성사 가능성을 뜻하지 않음. "
        "요건은 기준일의 자료에 따르므로 접촉 전 재확인 필요.",
        "Fit is the similarity of the list with a catalogue made from public sources; "
        "it is no forecast of success. "
        "Rules are as of the dates given: confirm them before contact.",
    ),
}


def word(key: str, language: str) -> str:
    """Return a word of the reports in ``ko`` or ``en``."""
    korean, english = _WORDS[key]
    return english if language == "en" else korean


def block_label(block: str, fields: Mapping[str, Field], language: str) -> str:
    """Return what a reader calls a block of the score."""
    return FREE_TEXT[language] if block == TEXT else fields[FIELD_OF_BLOCK[block]].label[language]
