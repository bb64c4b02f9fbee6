"""Words that only the page to read needs, in Korean and English."""

from __future__ import annotations

PAGE_WORDS = {
    "skip": ("본문으로 건너뛰기", "Skip to content"),
    "language": ("언어", "Language"),
    "theme": ("밝게·어둡게", "Light or dark"),
    "print": ("인쇄", "Print"),
    "tabs": ("보기", "Views"),
    "by_tenant": ("기업별 추천", "By tenant"),
    "heat_map": ("적합도 지도", "Heat map"),
    "cluster_comparison": ("클러스터 비교", "Clusters"),
    "filters": ("찾기와 거르기", "Search and filter"),
    "search": ("기업 찾기", "Find tenants"),
    "search_hint": ("기업명, 분야, 수요, 파트너", "Name, sector, need, partner"),
    "need": ("지원분야", "Need"),
    "every": ("전체", "All"),
    "clear": ("조건 지우기", "Clear"),
    "near": ("조건 충족 시 가능", "Near miss"),
    "none": ("추천 없음", "No recommendation"),
    "found": ("{all}개 기업 중 {n}개 표시", "{n} of {all} tenants shown"),
    "nothing_found": ("조건에 맞는 기업 없음", "No tenant fits these filters"),
    "hidden_cards": (
        "조건에 맞지 않는 파트너는 감춤",
        "Partners that the filters leave out are hidden",
    ),
    "back": ("기업 목록", "All tenants"),
    "list": ("기업 목록", "Tenants"),
    "by_rules": ("요건", "Rules"),
    "more_routes": ("그 밖의 경로", "More routes"),
    "helpers": (
        "협력 대상(제공 사항, 이 기업과의 적합도, ← 연결 기관)",
        "With (offer, fit with this tenant, ← by way of)",
    ),
    "routes": ("가능하게 하는 경로", "Routes that open it"),
    "sources": ("출처", "Sources"),
    "served_where": ("수요와 클러스터", "Needs and clusters"),
    "more": ("그 밖에", "More"),
    "not_wanted": ("희망국가 밖", "outside the target places"),
    "component": ("구성요소와 수요", "Component and needs"),
    "nobody_there_short": ("카탈로그에 파트너 없음", "no partner in the catalogue"),
    "carried_by": ("이 구성요소를 맡는 기관", "Who carries the component"),
    "concerned": ("관련 지원분야", "Needs concerned"),
    "facts": ("논문 밖의 공개 기록", "Public records beside the paper"),
    "comparison_note": (
        "다음 논문을 요약하고 우리 말로 옮김(괄호는 논문의 표·절).",
        "Rendered in our words from the paper below (tables and sections in brackets).",
    ),
    "heat_note": (
        "칸의 숫자는 적합도, 기호는 자격 판정. 화살표 키로 움직이고 Enter로 기업을 엶.",
        "A cell holds the fit and a mark for eligibility. Arrow keys move, Enter opens the tenant.",
    ),
    "how": ("적합도 구성", "How the fit comes about"),
    "nothing": ("해당 없음", "none"),
    "needs_script": (
        "이 보고서는 자바스크립트를 켠 브라우저에서 열립니다.",
        "This report opens in a browser with JavaScript switched on.",
    ),
}
"""Text by key, Korean first."""

SHARED_WORDS = (
    *("title", "run", "problems", "tenant_id", "tenant", "partner", "cluster", "verdict", "score"),
    *("near_misses", "ineligible", "others", "profile", "need_detail", "recommended", "factors"),
    *("item", "shared", "quoted", "no_rules", "route", "with", "bridges", "excluded", "sum"),
    *("asking", "served_needs", "served_wanting", "served_by", "missing_needs"),
    *("outside_components", "served_basis", "missing", "beside", "in_other_component", "paper"),
    *("as_of", "no_route", "question", "ask_first", "proof", "takes", "decision"),
)
"""Keys of `labels.word` that the page uses, too."""
