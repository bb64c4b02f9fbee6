"""A tenant after changes: lists grow, other cells are replaced, the list itself stays."""

import math

import pytest

from matcher import DataError
from matcher.intake import TenantList, tenant_from_cells
from matcher.intake.changing import CellChange, changed_list, changed_tenant, read_change
from matcher.quantities import Empty, Money, Range


@pytest.fixture
def change(catalogue):
    def apply(before, *texts):
        tenant = tenant_from_cells(before, catalogue.vocabulary, "T1")
        return changed_tenant(tenant, [read_change(text, catalogue) for text in texts], catalogue)

    return apply


@pytest.mark.parametrize(
    ("field", "before", "cell", "after"),
    [
        ("joint_research", "없음", "NUS:계약", "NUS:계약"),
        ("joint_research", "NTU:협의", "NUS:계약", "NTU:협의;NUS:계약"),
        ("joint_research", "NUS:협의;NTU:협의", "nus:signed", "NTU:협의;nus:signed"),
        ("joint_research", "싱가포르국립대:계약", "NUS:종료", "NUS:종료"),
        ("joint_research", "NUS:계약", "없음", "없음"),
        ("joint_research", "", "NUS:계약", "NUS:계약;미정"),
        ("joint_research", "미정", "NUS:계약", "NUS:계약;미정"),
        ("local_entities", "싱가포르", "보스턴", "싱가포르;보스턴"),
        ("local_entities", "보스턴(설립 준비중)", "보스턴", "보스턴"),
        ("local_pi", "SGH", "NUH", "SGH;NUH"),
        ("approvals", "MFDS:진행중", "MFDS:보유", "MFDS:보유"),
        ("consortium", "sg_company", "싱가포르 병원", "sg_company;싱가포르 병원"),
        ("needs", "투자유치", "실험실", "실험실"),
        ("target_countries", "보스턴", "싱가포르", "싱가포르"),
        ("trl", "6", "7", "7"),
        ("revenue", "3억원", "", ""),
    ],
)
def test_lists_of_what_a_company_has_grow_and_other_cells_are_replaced(
    change, field, before, cell, after
):
    assert change({field: before}, f"{field}={cell}").stated[field] == after


def test_a_list_that_was_not_stated_stays_open_otherwise(change, catalogue):
    assert change({}, "local_entities=싱가포르").values["local_entities"] == ("SG", "미정")


def test_a_cell_that_is_emptied_is_not_stated(change):
    assert "revenue" not in change({"revenue": "3억원"}, "revenue=-").values


def test_changes_follow_each_other(change):
    changed = change({"local_entities": "없음"}, "local_entities=SG", "local_entities=Boston")
    assert changed.values["local_entities"] == ("SG", "Boston")


def test_the_tenant_itself_stays_as_it_is(catalogue):
    tenant = tenant_from_cells({"trl": "6"}, catalogue.vocabulary)
    changed_tenant(tenant, [CellChange("trl", "7")], catalogue)
    assert tenant.values == {"trl": 6}


@pytest.mark.parametrize(
    ("field", "before", "more", "after"),
    [
        ("funding_total", "15억원", "150억원", Money(16.5e9, 16.5e9, "KRW")),
        ("funding_total", "10억원~20억원", "10억원", Money(2e9, 3e9, "KRW")),
        ("funding_total", "USD 1M", "14억원", Money(2.8e9, 2.8e9, "KRW")),
        ("funding_total", "없음", "10억원", Money(1e9, 1e9, "KRW")),
        ("funding_total", "", "10억원", Money(1e9, math.inf, "KRW")),
        ("funding_total", "15억원", "미정", Money(1.5e9, 1.5e9, "KRW")),
        ("employees", "8", "3", 11),
        ("employees", "", "3", Range(3, math.inf)),
    ],
)
def test_numbers_can_grow_by_an_amount(change, field, before, more, after):
    assert change({field: before}, f"{field}+={more}").values[field] == after


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("joint_reserch=NUS", "did you mean 'joint_research'"),
        ("joint_research", "names no field of the tenant list"),
        ("local_pi+=NUH", r"\+= adds to numbers only"),
        ("trl=12", "TRL '12' is outside 1 to 9"),
        ("funding_total=85", "unit"),
    ],
)
def test_what_cannot_be_read_is_told(change, text, says):
    with pytest.raises(DataError, match=says):
        change({}, text)


def test_a_field_may_be_named_by_its_korean_header(catalogue):
    assert read_change("해외 공동연구=NUS:계약", catalogue).field == "joint_research"


def test_a_change_is_of_one_tenant_or_of_all(catalogue):
    tenants = [
        tenant_from_cells({"trl": "4", "employees": "3"}, catalogue.vocabulary, name)
        for name in ("T1", "T:2")
    ]
    changed = changed_list(TenantList(tenants), ["T:2:trl=7", "employees=9"], catalogue)
    assert [tenant.values["trl"] for tenant in changed] == [4, 7]
    assert [tenant.values["employees"] for tenant in changed] == [9, 9]
    with pytest.raises(DataError, match="no tenant 'T3'"):
        changed_list(TenantList(tenants), ["T3:trl=7"], catalogue)


def test_none_is_a_known_emptiness(change):
    assert change({"local_pi": "NUH"}, "local_pi=없음").values["local_pi"] is Empty.NONE
