"""Bridges: links of Korean institutions to partners, each with its record."""

import json

from click.testing import CliRunner

from matcher.cli import main


def shown(partner):
    result = CliRunner().invoke(main, ["partners", "show", partner, "--format", "json"])
    return json.loads(result.stdout)["bridges"]


def test_a_bridge_is_shown_with_both_names_and_its_record():
    [bridge] = [each for each in shown("dana-farber") if each["basis"] == "sourced"]
    assert bridge["from"] == "한국과학기술연구원 (kist)"
    assert bridge["to"] == "다나파버 암센터 (dana-farber)"
    assert bridge["confirmed"] is False
    assert bridge["source"]["as_of"] == "2013-07-03"


def test_a_link_to_a_member_or_to_the_whole_concerns_the_partner(catalogue):
    assert "hms" in {bridge.target for bridge in catalogue.bridges_of("harvard")}
    assert "mass-general-brigham" in {bridge.target for bridge in catalogue.bridges_of("mgh")}
    assert "hms" not in {bridge.target for bridge in catalogue.bridges_of("mgh")}


def test_a_korean_body_has_the_bridges_that_start_from_it(catalogue):
    assert {bridge.target for bridge in catalogue.bridges_of("kist")} == {
        *("dana-farber", "bms", "nus", "ntu")
    }


def test_no_public_record_links_kist_with_nus_ntu_or_astar(catalogue):
    """None was found: these links are only asked for by the paper."""
    for bridge in catalogue.bridges_of("kist"):
        assert bridge.target != "astar"
        if bridge.target in ("nus", "ntu"):
            assert (bridge.basis, bridge.confirmed) == ("proposed", False)


def test_only_a_sourced_bridge_is_confirmed_and_each_has_a_date(catalogue):
    for bridge in catalogue.bridges:
        assert bridge.as_of
        assert bridge.basis == "sourced" or not bridge.confirmed
