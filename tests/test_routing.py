"""The commands route and whatif, and growth told by match."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = str(DATA / "tenants" / "example.csv")
DAY = ("--as-of", "2026-11-22")


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


def content(*arguments):
    result = run(*arguments, "--format", "json", *DAY)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_a_route_that_is_applied_by_whatif_turns_the_verdict():
    [offer] = content("route", EXAMPLE, "T001", "collab/residency")["offers"]
    assert offer["verdict"] == "ineligible"
    [step] = offer["routes"][0]
    assert set(step) >= {"action", "with", "bridges", "sets"}
    [(field, cell)] = step["sets"].items()
    shifts = content("whatif", EXAMPLE, "T001", "--set", f"{field}={cell}")["verdicts"]
    [turned] = [each for each in shifts if each["offer_id"] == "collab/residency"]
    assert (turned["before"], turned["after"]) == ("ineligible", "eligible")
    assert "collab-joint-research" in turned["rules"]


def test_helpers_stand_by_fit_with_the_bridges_to_each():
    [offer] = content("route", EXAMPLE, "T001", "collab/residency")["offers"]
    [step] = offer["routes"][0]
    fits = [helper["fit"] for helper in step["partners"]]
    assert fits == sorted(fits, reverse=True)
    assert [helper["partner_id"] for helper in step["partners"]] == step["with"]
    assert step["bridges"] == step["partners"][0]["bridges"]
    assert {bridge["basis"] for helper in step["partners"] for bridge in helper["bridges"]} == {
        "sourced",
        "proposed",
    }


def test_route_says_in_words_which_fact_blocks():
    shown = run("route", EXAMPLE, "T001", "flagship-pioneering/company-creation", *DAY).stdout
    assert "경로 없음: 창업유형" in shown
    assert "창업 이력은 바꿀 수 없음" in shown


@pytest.fixture
def one_tenant(tmp_path):
    """A list whose one tenant wants what Collab's residency alone offers in Singapore."""
    header = "관리번호,기업명,분야,창업아이템명,희망국가,희망 지원분야,해외 공동연구,TRL\n"
    row = "A1,가나바이오,의료기기,시제품,싱가포르,입주공간,없음,4\n"
    path = tmp_path / "list.csv"
    path.write_text(header + row, encoding="utf-8")
    return path


def test_route_without_a_partner_shows_the_near_misses(one_tenant):
    found = content("route", one_tenant, "A1", "-k", "60")["offers"]
    assert "collab/residency" in {offer["offer_id"] for offer in found}
    assert all(offer["verdict"] == "ineligible" and offer["routes"] for offer in found)


def test_route_to_what_is_open_needs_no_step():
    assert "필요한 단계 없음" in run("route", EXAMPLE, "T012", "labcentral/residency", *DAY).stdout


def test_an_unknown_tenant_is_told_with_a_suggestion():
    result = CliRunner().invoke(main, ["route", EXAMPLE, "T0012", "collab", *DAY])
    assert result.exit_code == 1
    assert "did you mean T012" in result.stderr


def test_whatif_shows_what_closes_and_how_the_ranking_moves():
    shown = run("whatif", EXAMPLE, "T012", "--set", "funding_total+=150억원", *DAY).stdout
    assert "누적투자유치액: 15억원 → 15억원 + 150억원" in shown
    assert "닫힘 (1)" in shown
    assert "랩센트럴 — 실험실 입주 (labcentral/residency): 적격 → 부적격" in shown
    wanted = run("whatif", EXAMPLE, "T012", "--set", "needs=투자유치", *DAY).stdout
    assert "순위 변동" in wanted
    assert "→ 공통점 부족" in wanted


def test_whatif_changes_no_file():
    before = Path(EXAMPLE).read_bytes()
    run("whatif", EXAMPLE, "T001", "--set", "joint_research=NUS:계약", *DAY)
    assert Path(EXAMPLE).read_bytes() == before


def test_whatif_that_changes_nothing_says_so():
    shown = run("whatif", EXAMPLE, "T012", "--set", "budget=90백만원", *DAY).stdout
    assert "달라지는 자격 판정 없음" in shown
    assert "달라지는 순위 없음" in shown


def test_a_bad_change_is_one_message():
    result = run("whatif", EXAMPLE, "T012", "--set", "trl=12", *DAY)
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: trl: TRL '12' is outside 1 to 9 (write 1 to 9, or a range such as 4~5)\n"
    )


def test_match_tells_what_growth_costs():
    found = content("match", EXAMPLE, "--set", "T012:funding_total=USD 30M")
    [lost] = found["changes"]["verdicts"]
    assert (lost["offer_id"], lost["after"]) == ("labcentral/residency", "ineligible")
    assert found["run"]["options"]["set"] == ["T012:funding_total=USD 30M"]
    plain = content("match", EXAMPLE)
    assert "changes" not in plain
    assert plain["run"]["id"] != found["run"]["id"]


def test_match_tells_what_time_costs():
    """A company stops being younger than ten years without any change of its cells."""
    result = run("match", EXAMPLE, "--from", "2026-11-22", "--as-of", "2029-11-22", "-q")
    assert "닫힘" in result.stdout
    assert "적격 → 조건부" in result.stdout
    assert "업력 10년 미만" in result.stdout


def test_rules_out_of_effect_are_said():
    """The growth-stage ticket of LabCentral was called in the spring of 2024."""
    silent = content("match", EXAMPLE)["rules_not_in_effect"]
    told = {rule["rule_id"]: (rule["from"], rule["to"]) for rule in silent}
    assert told["diamond-ticket-growth-stage"] == ("2024-03-05", "2024-04-05")
    shown = run("route", EXAMPLE, "T001", _offer_of("diamond-ticket-growth-stage"), *DAY).stdout
    assert "기준일에 적용되지 않음" in shown
    spring = ("--as-of", "2024-03-10")
    then = json.loads(run("match", EXAMPLE, "--format", "json", *spring).stdout)
    assert "diamond-ticket-growth-stage" not in {
        rule["rule_id"] for rule in then["rules_not_in_effect"]
    }


def _offer_of(rule_id):
    return json.loads(run("rules", "show", rule_id, "--format", "json").stdout)["offers"][0]


def test_json_has_routes_and_questions_beside_open_rules():
    found = content("match", EXAMPLE)
    ranked = [entry for tenant in found["tenants"] for entry in tenant["matches"]]
    excluded = [each for entry in ranked for each in entry.get("excluded_offers", ())]
    open_pairs = [entry for entry in ranked if entry["verdict"] == "conditional"]
    assert open_pairs
    assert any(entry["routes"] for entry in open_pairs)
    for entry in (*open_pairs, *excluded):
        assert "routes" in entry or "blocked_by" in entry
        for rule in entry["rules"]:
            assert ("questions" in rule) == (rule["verdict"] == "unknown")


def test_a_near_miss_has_its_routes_and_an_ineligible_partner_what_blocks_it(one_tenant):
    [tenant] = content("match", one_tenant, "-k", "60")["tenants"]
    [collab] = [each for each in tenant["near_misses"] if each["partner_id"] == "collab"]
    assert collab["routes"][0][0]["with"]
    assert all("blocked_by" in each for each in tenant["ineligible"])
