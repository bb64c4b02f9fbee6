"""A data folder with one defect is refused with the file and what to do; a sound one is read."""

import re
import shutil

import pytest

from matcher import DataError, read_catalogue
from matcher.catalogue.files import shipped_folder


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped data folder, to be spoilt."""
    ignored = shutil.ignore_patterns("tenants")
    return shutil.copytree(shipped_folder(), tmp_path / "data", ignore=ignored)


def _edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    spoilt = re.sub(old, new, text, count=1, flags=re.DOTALL)
    assert spoilt != text, f"{old!r} is not in {path.name}"
    path.write_text(spoilt, encoding="utf-8")


def _only_problem(folder):
    with pytest.raises(DataError) as error:
        read_catalogue(folder)
    [problem] = error.value.problems
    assert str(error.value) == str(problem)
    return problem


def test_a_sound_copy_equals_the_shipped_folder(folder, catalogue):
    assert read_catalogue(folder) == catalogue


@pytest.mark.parametrize("name", ["exchange_rates.toml", "partners/lsi.toml"])
def test_any_change_of_a_file_changes_the_version(name, folder, catalogue):
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write("# a comment\n")
    assert read_catalogue(folder).version != catalogue.version


_LSI, _CHISEL, _COLLAB = "partners/lsi.toml", "partners/chisel.toml", "partners/collab.toml"
_MLSC, _CODES = "partners/mlsc.toml", "vocabulary/codes.toml"
_DEFECTS = {
    # an offer or a partner
    "unknown term": (_LSI, '"need_wet_lab"', '"need_wet_lap"', "did you mean 'need_wet_lab'?"),
    "unknown by-product": (_LSI, '"need_space"', '"need_spice"', "did you mean 'need_space'?"),
    "unknown kind of partner": (_LSI, "pt_incubator", "pt_incubater", "'pt_incubator'?"),
    "unknown status of an offer": (_LSI, '"active"', '"open"', "one of active, closed, unsourced"),
    "source that is not there": (_LSI, r'\["elementum"\]', '["paper"]', "'paper' is not in the"),
    "offer without sources": (_LSI, r'\["elementum"\]', "[]", "'residency': has no source"),
    "strength in words": (_LSI, "strength = 0.8", 'strength = "high"', "'high'"),
    "offer without strength": (_LSI, "strength = 0.8", "", "key 'strength' is missing"),
    "source without url": (_LSI, 'url = "[^"]*"', "", "key 'url' is missing"),
    "partner with rules, without name": (_CHISEL, "name = [^\n]*", "", "key 'name' is missing"),
    # a rule
    "unknown kind of rule": (
        _CHISEL,
        '"entry"',
        '"entri"',
        "'innomatch-trl': kind is one of entry",
    ),
    "unknown status of a rule": (_CHISEL, '"confirmed"', '"sure"', "status one of confirmed"),
    "rule without a condition": (_MLSC, "requires = [^\n]*", "", "needs `requires`"),
    "process with a condition": (_MLSC, '"entry"', '"process"', "a process has none"),
    "rule without cases": (_COLLAB, r"case = \[.*\n\]", "", "'collab-joint-research' has no cases"),
    "rule of no offer": (_MLSC, r'\["tax-incentive"\]', '["tax"]', "'mlsc/tax' does not exist"),
    "rule of no source": (_CHISEL, 'source = "faq-2026"', 'source = "faq"', "'faq' is not among"),
    "field that does not exist": (_CHISEL, '"trl", op', '"tlr", op', "'tlr' is no field"),
    "unknown operator": (_CHISEL, 'op = "at_least"', 'op = "over"', "one of at_least, at_most"),
    "unknown key of a comparison": (_COLLAB, "place =", "plaice =", "has no 'plaice'"),
    "unknown place of a rule": (_MLSC, 'place = "Mass', 'place = "Mas', "'Massachusetts'?"),
    "unknown status of an item": (_COLLAB, '"signed"', '"sealed"', "one of signed, in talks"),
    # what all share
    "two institutions of one name": (
        "institutions.toml",
        'aliases = \\["CIC", ',
        'aliases = ["LabCentral", ',
        "'cic' and 'labcentral' share the name 'labcentral'",
    ),
    "institution in no place": ("institutions.toml", '"Cambridge"\n', '"Kembridge"\n', "Kembridge"),
    "bridge to nowhere": ("bridges.toml", "\nto = [^\n]*", "", "key 'to' is missing"),
    "rate in words": ("exchange_rates.toml", "1400", '"many"', "'many'"),
    "no rates": ("exchange_rates.toml", "krw_per", "won_per", "key 'krw_per' is missing"),
    "unknown wider term": (
        "vocabulary/place.toml",
        r'parents = \["Massachusetts"\]',
        'parents = ["Massachusets"]',
        "Boston: 'Massachusets' is not a term of place (did you mean 'Massachusetts'?)",
    ),
    "term without id": (_CODES, 'id = "법인", ', "", "key 'id' is missing"),
    "field without kind": ("vocabulary/fields.toml", 'kind = "id"', "", "key 'kind' is missing"),
    "weight left out": ("vocabulary/weights.toml", "floor = [^\n]*", "", "'floor'"),
    "number nothing uses": ("vocabulary/weights.toml", "floor =", "flour = 1\nfloor =", "'flour'"),
}


@pytest.mark.parametrize(("name", "old", "new", "says"), _DEFECTS.values(), ids=_DEFECTS.keys())
def test_one_defect_is_told_once_with_file_and_hint(name, old, new, says, folder):
    _edit(folder / name, old, new)
    problem = _only_problem(folder)
    assert problem.blocking
    assert problem.sheet == name
    assert problem.hint
    assert says in str(problem)


@pytest.mark.parametrize("name", ["partners/lsi.toml", "vocabulary/need.toml", "bridges.toml"])
def test_a_file_that_is_not_toml_is_told_with_its_line(name, folder):
    _edit(folder / name, "\n", "\nthis is prose\n")
    problem = _only_problem(folder)
    assert (problem.sheet.rpartition("/")[2], problem.row) == (name.rpartition("/")[2], 2)
    assert "is not TOML" in problem.what
    assert "data/README.md" in problem.hint
    assert (folder / "README.md").is_file()


def test_a_file_in_another_encoding_is_told(folder):
    text = (folder / _LSI).read_text(encoding="utf-8")
    (folder / _LSI).write_bytes(text.encode("cp949", errors="replace"))
    problem = _only_problem(folder)
    assert (problem.sheet, problem.what) == (_LSI, "is not UTF-8 text")


def test_a_missing_file_is_told(folder):
    (folder / "bridges.toml").unlink()
    problem = _only_problem(folder)
    assert (problem.sheet, problem.what) == ("data/bridges.toml", "No such file or directory")


def test_a_rule_id_that_appears_twice_is_told(folder):
    text = (folder / _COLLAB).read_text(encoding="utf-8")
    rules = text[text.index("[[rule]]") :]
    (folder / _COLLAB).write_text(f"{text}\n{rules}", encoding="utf-8")
    problem = _only_problem(folder)
    assert problem.sheet == _COLLAB
    assert problem.what == "rule 'collab-joint-research' appears twice"
    assert problem.hint == "give each rule an id of its own"


@pytest.mark.parametrize("name", ["whitehead", "chisel"])
def test_a_file_that_is_not_named_after_its_partner_is_told(name, folder):
    (folder / f"partners/{name}.toml").rename(folder / "partners/other.toml")
    problem = _only_problem(folder)
    assert problem.sheet == "partners/other.toml"
    assert str(problem).endswith(f"id {name!r} is not the name of the file (rename one)")


def test_a_folder_without_a_vocabulary_is_no_data_folder(folder):
    shutil.rmtree(folder / "vocabulary")
    problem = _only_problem(folder)
    assert problem.sheet == str(folder)
    assert "it has no folder 'vocabulary'" in problem.what
    assert "--data" in problem.hint


def test_all_defects_of_a_folder_are_told_at_once(folder):
    for name in ("unknown term", "rule without cases", "rule of no source", "bridge to nowhere"):
        file, old, new, _ = _DEFECTS[name]
        _edit(folder / file, old, new)
    with pytest.raises(DataError) as error:
        read_catalogue(folder)
    found = [problem.sheet for problem in error.value.problems]
    assert sorted(found) == ["bridges.toml", _CHISEL, _COLLAB, _LSI]
    assert len(str(error.value).splitlines()) == 4


def test_a_general_rule_names_its_offers_in_full(folder):
    text = (folder / _CHISEL).read_text(encoding="utf-8")
    source, rule = (re.search(rf"\[\[{key}]].*?\n\n", text, re.S)[0] for key in ("source", "rule"))
    rule = rule.replace('"innomatch-trl"', '"ready"').replace('"innomatch"', '"lsi/residency"')
    (folder / "rules").mkdir()
    (folder / "rules/general.toml").write_text(source + rule, encoding="utf-8")
    assert [rule.id for rule in read_catalogue(folder).rules_of_offer["lsi/residency"]] == ["ready"]
