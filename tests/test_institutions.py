"""Which institution a name means, and what it belongs to."""

import pytest

from matcher.catalogue.institutions import build_institutions, name_key


def _found(catalogue, name):
    institution = catalogue.institutions.find(name)
    return institution.id if institution else None


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("NUS", "nus"),
        ("nus", "nus"),
        ("싱가포르국립대학교", "nus"),
        ("싱가포르 국립대학교", "nus"),
        ("National University of Singapore", "nus"),
        ("A*STAR", "astar"),
        ("ASTAR", "astar"),
        ("Brigham and Women’s Hospital", "bwh"),
        ("ＭＧＨ", "mgh"),
    ],
)
def test_an_institution_goes_by_its_names_in_any_spelling(name, wanted, catalogue):
    assert _found(catalogue, name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("MGH (Boston)", "mgh"),
        ("매사추세츠종합병원(김 교수)", "mgh"),
        ("우리 협력병원(NUH)", "nuh"),
        ("A*STAR (GIS)", "astar"),
    ],
)
def test_a_name_with_another_in_brackets_is_read_by_either(name, wanted, catalogue):
    assert _found(catalogue, name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("보스턴 MGH", "mgh"), ("미국 Mass General Brigham", "mass-general-brigham")],
)
def test_a_place_before_a_name_is_left_out(name, wanted, catalogue):
    assert _found(catalogue, name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Duke University", "duke"),
        ("듀크대학교", "duke"),
        ("Duke", "duke"),
        ("Duke-NUS", "duke-nus"),
        ("Duke NUS", "duke-nus"),
        ("듀크-NUS 의대", "duke-nus"),
    ],
)
def test_duke_university_is_not_duke_nus(name, wanted, catalogue):
    assert _found(catalogue, name) == wanted


@pytest.mark.parametrize(("institution_id", "place"), [("duke", "US"), ("duke-nus", "SG")])
def test_the_two_dukes_are_in_their_countries(institution_id, place, catalogue):
    institution = catalogue.institutions.table[institution_id]
    assert catalogue.vocabulary.facets["place"].within(institution.place, place)


def test_a_branch_abroad_is_not_its_mother(catalogue):
    assert _found(catalogue, "KIST 유럽연구소") != _found(catalogue, "KIST")


@pytest.mark.parametrize(
    "name", ["", "가나다라연구원", "협력병원(미정)", "싱가포르", "NUSS", "우리 MGH"]
)
def test_an_unknown_name_is_none(name, catalogue):
    assert catalogue.institutions.find(name) is None


@pytest.mark.parametrize(
    ("name", "place"), [("싱가포르", "SG"), ("보스톤", "Boston"), ("NUS", None), ("어딘가", None)]
)
def test_a_place_may_stand_where_a_name_was_asked_for(name, place, catalogue):
    assert catalogue.institutions.find_place(name) == place


@pytest.mark.parametrize(
    ("member", "group", "belongs"),
    [
        ("mgh", "mgh", True),
        ("mgh", "mass-general-brigham", True),
        ("bwh", "mass-general-brigham", True),
        ("mgh", "dfhcc", True),
        ("dana-farber", "dfhcc", True),
        ("dana-farber", "mass-general-brigham", False),
        ("mass-general-brigham", "mgh", False),
        ("mgh", "bwh", False),
        ("gis", "astar", True),
        ("nus", "duke-nus", False),
        ("no-such-id", "astar", False),
    ],
)
def test_members_belong_to_their_group_and_not_the_other_way(member, group, belongs, catalogue):
    assert catalogue.institutions.belongs(member, group) is belongs


def test_membership_goes_to_any_depth(catalogue):
    ward, clinic, group = (
        {"id": at, "ko": at, "en": at, "place": "SG", "member_of": above}
        for at, above in (("ward", ["clinic"]), ("clinic", ["group"]), ("group", []))
    )
    table = build_institutions([ward, clinic, group], catalogue.institutions.places)
    assert table.belongs("ward", "group")


def test_every_shipped_name_leads_to_its_own_institution(catalogue):
    wrong = [
        (name, institution.id)
        for institution in catalogue.institutions.table.values()
        for name in (*institution.label.values(), *institution.aliases)
        for spelling in (name, name.upper(), name.replace(" ", ""))
        if _found(catalogue, spelling) != institution.id
    ]
    assert wrong == []


def test_every_member_and_every_place_is_known(catalogue):
    table, places = catalogue.institutions.table, catalogue.institutions.places
    assert {above for each in table.values() for above in each.member_of} <= set(table)
    assert {each.place for each in table.values()} <= set(places.terms)


def test_every_ranked_partner_is_an_institution(catalogue):
    partners = {partner.id for partner in catalogue.ranked_partners}
    assert partners <= set(catalogue.institutions.table)


def test_names_are_compared_without_blanks_and_punctuation():
    assert name_key("A*STAR · G.I.S.") == name_key("a-star gis") == "astargis"
