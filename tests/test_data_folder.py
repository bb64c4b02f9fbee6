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
_MGH, _RATES, _WEIGHTS = "partners/mgh.toml", "exchange_rates.toml", "vocabulary/weights.toml"
_FLAGSHIP, _CAP = "partners/flagship-pioneering.toml", "partners/labcentral.toml"
_PLACES, _FIELDS = "vocabulary/place.toml", "vocabulary/fields.toml"
_INSTITUTIONS, _BRIDGES, _HEADERS = "institutions.toml", "bridges.toml", "headers.toml"
_REMEDIES = "remedies.toml"
_TRL = r'\{ field = "trl"[^}]*\}'
_DEFECTS = {
    # an offer or a partner
    "source that supports nothing": (
        _LSI,
        "\n\\[\\[offer",
        '\n[[source]]\nid = "spare"\nurl = "https://example.org"\nas_of = "2026"\n\n[[offer',
        "source 'spare' supports nothing",
    ),
    "source without a date": (_LSI, "\nas_of = [^\n]*", "", "key 'as_of' is missing"),
    "name of another partner": (
        _LSI,
        '"LSI Singapore"',
        '"LabCentral"',
        "'LabCentral' is a name of labcentral already",
    ),
    "offer that is never matched": (_LSI, "strength = 0.8", "strength = 0", "is never matched"),
    "TRL that there is not": (_CHISEL, "value = 7", "value = 10", "10 can never be met"),
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
        "'innomatch-trl': kind 'entri' is not one of entry",
    ),
    "unknown status of a rule": (
        _CHISEL,
        '"confirmed"',
        '"sure"',
        "status 'sure' is not one of confirmed",
    ),
    "rule without a condition": (_MLSC, "requires = [^\n]*", "", "needs `requires`"),
    "process with a condition": (_MLSC, '"entry"', '"process"', "a process has none"),
    "rule without cases": (_COLLAB, r"case = \[.*\n\]", "", "'collab-joint-research' has no cases"),
    "rule of no offer": (_MLSC, r'\["tax-incentive"\]', '["tax"]', "'mlsc/tax' does not exist"),
    "rule of no source": (_CHISEL, '"faq-2026"\nevid', '"faq"\nevid', "'faq' is not among"),
    "field that does not exist": (_CHISEL, '"trl", op', '"tlr", op', "'tlr' is no field"),
    "unknown operator": (_CHISEL, 'op = "at_least"', 'op = "over"', "one of at_least, at_most"),
    "unknown key of a comparison": (
        _COLLAB,
        "place =",
        "plaice =",
        "no key 'plaice' (did you mean 'place'?)",
    ),
    "unknown place of a rule": (_MLSC, 'place = "Mass', 'place = "Mas', "'Massachusetts'?"),
    "unknown status of an item": (_COLLAB, '"signed"', '"sealed"', "one of signed, in talks"),
    # what all share
    "two institutions of one name": (
        "institutions.toml",
        'aliases = \\["CIC", ',
        'aliases = ["LabCentral", ',
        "institution 'labcentral': 'LabCentral' is a name of cic already",
    ),
    "institution in no place": ("institutions.toml", '"Cambridge"\n', '"Kembridge"\n', "Kembridge"),
    "bridge to nowhere": ("bridges.toml", "\nto = [^\n]*", "", "key 'to' is missing"),
    "rate in words": ("exchange_rates.toml", "1400", '"many"', "'many'"),
    "offer id that is none": (
        _LSI,
        'id = "residency"',
        'id = "lsi/residency"',
        "is not an id of sm",
    ),
    "empty file": (_LSI, r"\A.*\Z", "", "is empty"),
    "page that is no address": (
        _MGH,
        'url = "https://www.massgeneral.org/[^"]*"',
        'url = "its web page"',
        "'its web page' is not an address that begins with https://",
    ),
    "quote that is a copy": (
        _CHISEL,
        'evidence = "',
        f'evidence = "{"word " * 20}',
        "is not a quote of at most 20 words",
    ),
    "fact without a source": (
        _MGH,
        '\nsource = "trc"\n\n',
        "\n\n",
        ": key 'source' is missing",
    ),
    "fact in one language": (
        _MGH,
        r'(\[\[fact.*?text = \{) ko = "[^"]*",',
        r"\1",
        "text: key 'ko'",
    ),
    "no rates": ("exchange_rates.toml", "krw_per", "won_per", "did you mean 'krw_per'?"),
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
    # keys and plain values
    "misspelt key of a partner": (_LSI, "aliases =", "alias =", "(did you mean 'aliases'?)"),
    "misspelt key of an offer": (
        _LSI,
        "\nneeds =",
        "\nindication = []\nneeds =",
        "offer 'residency': there is no key 'indication' (did you mean 'indications'?)",
    ),
    "misspelt key of a source": (_LSI, "\nurl =", '\nteir = "news"\nurl =', "mean 'tier'?"),
    "misspelt key of a rule": (_CHISEL, "evidence =", "evidense =", "(did you mean 'evidence'?)"),
    "misspelt key of a case": (_CHISEL, "tenant =", "tennant =", "'TRL 7': there is no key"),
    "misspelt key of a remedy": (
        _REMEDIES,
        "needs =",
        "neds =",
        "'sg-entity': there is no key 'ned",
    ),
    "misspelt key of a term": (_PLACES, "parents =", "parent =", "(did you mean 'parents'?)"),
    "misspelt key of a field": (_FIELDS, "required =", "require =", "(did you mean 'required'?)"),
    "misspelt key of an institution": (_INSTITUTIONS, "aliases", "alises", "mean 'aliases'?"),
    "misspelt key of a bridge": (_BRIDGES, "confirmed = ", "confrmed = ", "mean 'confirmed'?"),
    "misspelt table of a file": (_CHISEL, r"\[\[rule]]", "[[rules]]", "no key 'rules' (did you"),
    "text for a list": (_LSI, r"aliases = \[[^\n]*", 'aliases = "LSI"', "is not a list of texts"),
    "list for a text": (_LSI, '^id = "lsi"', 'id = ["lsi"]', "id ['lsi'] is not an id"),
    "name in one language": (
        _LSI,
        r'name = \{ ko = "[^"]*",',
        "name = {",
        "name: key 'ko' is miss",
    ),
    "month that does not exist": (_MLSC, r"as_of = [^\n]*", 'as_of = "2026-13"', "is not a date"),
    "day of a rule in words": (
        _CHISEL,
        "evidence =",
        'effective_from = "May 2026"\nevidence =',
        "effective_from 'May 2026' is not a date (YYYY, YYYY-MM or YYYY-MM-DD)",
    ),
    "rule that ends before it begins": (
        _CHISEL,
        "evidence =",
        'effective_from = 2026-05-01\neffective_to = "2026-04"\nevidence =',
        "effective_to 2026-04 is before effective_from 2026-05-01",
    ),
    # more on partners
    "unknown cluster": (_LSI, r'\["singapore"\]', '["singapur"]', "(did you mean 'singapore'?)"),
    "no cluster": (_LSI, r'\["singapore"\]', "[]", "clusters is an empty list"),
    "unknown role": (_LSI, "\nkind =", '\nrole = "brige"\nkind =', "(did you mean 'bridge'?)"),
    "unknown tier": (_LSI, "tier = [^\n]*", 'tier = "oficial"', "(did you mean 'official'?)"),
    "strength above 1": (_LSI, "strength = 0.8", "strength = 8", "not a number from 0 to 1"),
    "strength below 0": (_LSI, "strength = 0.8", "strength = -0.8", "not a number from 0 to 1"),
    "strength that is no number": (_LSI, "strength = 0.8", "strength = nan", "from 0 to 1"),
    "two offers of one id": (
        _MLSC,
        'id = "massnextgen"\nname',
        'id = "tax-incentive"\nname',
        "offer 'tax-incentive' appears twice",
    ),
    "two sources of one id": (_MLSC, 'id = "tax-17"', 'id = "open-2026"', "appears twice"),
    "active offer without needs": (_LSI, r"\nneeds = [^\n]*", "", "an active offer has no needs"),
    "active offer without places": (_LSI, r"\nplaces = [^\n]*", "", "an active offer has no plac"),
    # more on rules
    "offer of no partner": (
        _CHISEL,
        r"\Z",
        '\n[[rule]]\nid = "x"\noffers = ["inomatch"]\nkind = "process"\nstatus = "confirmed"\n'
        'label = { ko = "x", en = "x" }\nsource = "faq-2026"\n',
        "'chisel/inomatch' does not exist (did you mean 'chisel/innomatch'?)",
    ),
    "remedy for no need": (_REMEDIES, '"need_entity_setup"', '"need_entity_set"', "entity_setup'?"),
    "remedy over no bridge": (_REMEDIES, '"khidi-asean"', '"khidi-asan"', "'khidi-asean'?"),
    "remedy over a partner abroad": (_REMEDIES, '"khidi-asean"', '"nus"', "'nus' is no bridge"),
    "remedy that sets no field": (_REMEDIES, "{ local_", "{ locl_", "'local_entities'?"),
    "remedy that sets nothing": (
        _REMEDIES,
        r"sets = \{[^}]*place[^\n]*",
        "sets = {}",
        "sets nothing",
    ),
    "remedy with a strange blank": (_REMEDIES, '"{place}"', '"{plce}"', "mean 'place'?"),
    "remedy with half a blank": (_REMEDIES, '"{place}"', '"{place"', "braces go in pairs"),
    "remedy after none": (
        _REMEDIES,
        'after = ."sg-entity".',
        'after = ["sg"]',
        "'sg' is no remedy",
    ),
    "remedies in a circle": (
        _REMEDIES,
        'id = "entity"\n',
        'id = "entity"\nafter = ["ownership"]\n',
        "after run in a circle",
    ),
    "remedy to no code": (_REMEDIES, 'to = ."법인".', 'to = ["법임"]', "'법임' is not a term"),
    "remedy for what never changes": (
        _REMEDIES,
        'fields = ."founded_on".',
        'fields = ["founded_on", "trl"]',
        "sets 'trl', which never changes",
    ),
    "case with no field": (_CHISEL, r"tenant = \{ trl", "tenant = { tlr", "'tlr' is no field"),
    "unknown verdict of a case": (_CHISEL, 'verdict = "met"', 'verdict = "meet"', "mean 'met'?"),
    "cell of a case as a number": (_CHISEL, 'trl = "7"\\ }, v', "trl = 7 }, v", "7 is not a text"),
    "operator that does not fit": (
        _CHISEL,
        _TRL,
        '{ field = "trl", op = "is", value = ["7"] }',
        "trl is: does not fit a field of kind trl (use at_least, at_most, below)",
    ),
    "field that no rule compares": (
        _CHISEL,
        _TRL,
        '{ field = "ip", op = "below", value = 7 }',
        "no rule can compare this field",
    ),
    "limit left out": (_CHISEL, ", value = 7", "", "trl at_least: needs `value`, a number"),
    "limit in words": (_CHISEL, "value = 7", 'value = "7"', "value '7' is not a number or a list"),
    "limit as a list": (_CHISEL, "value = 7", 'value = ["7"]', "needs `value`, a number"),
    "money without currency": (_CAP, r', currency = "USD"', "", "needs `currency`"),
    "currency without money": (_CHISEL, "value = 7", 'value = 7, currency = "USD"', "only money"),
    "currency without rate": (_CAP, 'currency = "USD"', 'currency = "EUR"', "no rate for 'EUR'"),
    "operand of another operator": (_CHISEL, "value = 7", 'value = 7, place = "SG"', "'place'"),
    "code as a text": (_FLAGSHIP, r'value = \["([^"]*)"\]', r'value = "\1"', "or a list of ids"),
    "code left out": (_FLAGSHIP, r', value = \["[^"]*"\]', "", "needs `value`, a list of ids"),
    "unknown code": (_FLAGSHIP, '"Flagship 설립"\\]', '"Flagship 창립"]', "'Flagship 설립'?"),
    "unknown code of a choice": (
        _CHISEL,
        _TRL,
        '{ field = "english_ready", op = "is", value = ["ja"] }',
        "one of yes, no, in progress",
    ),
    "within nothing": (_MLSC, 'place = "Massachusetts", ', "", "within: needs `place`"),
    "names nobody": (
        _MGH,
        r', institutions = \[[^]]*\], unsettled = "US"',
        "",
        "names: needs `ins",
    ),
    "unknown institution of a rule": (
        _MGH,
        r'\["mass-general-brigham"\], u',
        '["mas-general-brigham"], u',
        "(did you mean 'mass-general-brigham'?)",
    ),
    "status where items have none": (_MGH, 'unsettled = "US"', 'status = "signed"', "no status of"),
    "empty all": (_CHISEL, _TRL, "{ all = [] }", "all is an empty list"),
    "empty any": (_CHISEL, _TRL, "{ not = { any = [] } }", "any is an empty list"),
    "none of some": (_CHISEL, f"({_TRL})", r"{ at_least = 0, of = [\1] }", "whole number above 0"),
    "more than there are": (
        _CHISEL,
        f"({_TRL})",
        r"{ at_least = 2, of = [\1] }",
        "at_least 2 of 1",
    ),
    "some without a number": (_CHISEL, f"({_TRL})", r"{ of = [\1] }", "'at_least' is missing"),
    "two joints at once": (_CHISEL, f"({_TRL})", r"{ all = [\1], any = [\1] }", "no key 'any'"),
    # more on what all share
    "bridge to an unknown partner": (_BRIDGES, '"dana-farber"', '"dana-faber"', "'dana-farber'?"),
    "bridge from nowhere": (_BRIDGES, 'from = "snuh"', 'from = "snuhh"', "(did you mean 'snuh'?)"),
    "bridge twice": (_BRIDGES, 'to = "bwh"\nkind = "symp', 'to = "mgh"\nkind = "symp', "twice"),
    "unknown basis of a bridge": (_BRIDGES, 'basis = "sourced"', 'basis = "heard"', "one of sourc"),
    "rate of 0": (_RATES, "1400", "0", "krw_per.USD 0 is not a number above 0"),
    "negative rate": (_RATES, "1400", "-1400", "krw_per.USD -1400 is not a number above 0"),
    "rate left out": (_RATES, "SGD = [^\n]*", "", "krw_per: key 'SGD' is missing"),
    "won that is not the unit": (_RATES, "KRW = 1", "KRW = 2", "its rate is 1"),
    "member of nothing": (_INSTITUTIONS, r'\["khidi"\]', '["kidi"]', "(did you mean 'khidi'?)"),
    "members in a circle": (
        _INSTITUTIONS,
        'id = "khidi"\n',
        'id = "khidi"\nmember_of = ["khidi-boston"]\n',
        "member_of run in a circle",
    ),
    "two institutions of one id": (_INSTITUTIONS, 'id = "labcentral"', 'id = "cic"', "appears twi"),
    # more on the vocabulary
    "wider terms in a circle": (
        _PLACES,
        r'(id = "Massachusetts".*?parents = )\[[^]]*\]',
        r'\1["Boston"]',
        "parents run in a circle",
    ),
    "two terms of one id": (_PLACES, 'id = "Cambridge"', 'id = "Boston"', "appears twice"),
    "facet under another name": (_PLACES, 'facet = "place"', 'facet = "palce"', "name of the file"),
    "unknown kind of field": (_FIELDS, 'kind = "money"', 'kind = "mony"', "mean 'money'?"),
    "unknown facet of a field": (
        _FIELDS,
        'facet = "entity_type"',
        'facet = "entity_tpe"',
        "'entity_type'?",
    ),
    "terms without a facet": (_FIELDS, 'facet = "entity_type"', "", "key 'facet' is missing"),
    "two fields of one id": (_FIELDS, 'id = "name_en"', 'id = "name_ko"', "appears twice"),
    "statuses left out": (_FIELDS, "statuses = [^\n]*", "", "do not go together"),
    "block of no facet": (_WEIGHTS, r"\[block.place\]", "[block.palce]", "(did you mean 'place'?)"),
    "no block of needs": (_WEIGHTS, r"\[block.need][^[]*", "", "block: key 'need' is missing"),
    "negative weight": (_WEIGHTS, "weight = 0.35", "weight = -0.35", "not a number, 0 or more"),
    "weight in words": (_WEIGHTS, "weight = 0.35", 'weight = "high"', "not a number, 0 or more"),
    "open above 1": (
        _WEIGHTS,
        "open = 0.6",
        "open = 1.6",
        "block.sector: open 1.6 is not a number",
    ),
    "floor above 1": (_WEIGHTS, r"floor = [\d.]+", "floor = 35", "floor 35 is not a number from 0"),
    "wider below 0": (_WEIGHTS, r"wider = [\d.]+", "wider = -1", "wider -1 is not a number"),
    "gate of 0": (_WEIGHTS, r"need_gate = [\d.]+", "need_gate = 0", "a number above 0, at most 1"),
    "reading of an unknown need": (
        _WEIGHTS,
        'need = "need_c',
        'need = "ned_c',
        "not a term of need",
    ),
    "reading for no sector": (_WEIGHTS, '"디지털헬스"', '"디지털핼스"', "'디지털헬스'?"),
    "space of an unknown need": (_WEIGHTS, '"need_wet_lab"', '"need_wetlab"', "'need_wet_lab'?"),
    "turn of an unknown term": ("vocabulary/stage.toml", '"cleared"\n', '"clared"\n', "'cleared'?"),
    "scale without a place on it": (
        "vocabulary/stage.toml",
        "\nat = 0\n",
        "\n",
        "`scale`, `at` and `nearness` go together",
    ),
    "aliases of no field": (_HEADERS, "\ntrl =", "\ntlr =", "'tlr' is no field"),
    "header between unknown fields": (
        _HEADERS,
        '\\["device_class"\\]',
        '["device_clas"]',
        "(did you mean 'device_class'?)",
    ),
    "one alias under two fields": (
        _HEADERS,
        '"IP현황"',
        '"매출실적"',
        "header '매출실적' stands for 'ip'",
    ),
    "alias that is another's header": (_HEADERS, '"IP현황"', '"매출액"', "'revenue' and for 'ip'"),
}


@pytest.mark.parametrize(("name", "old", "new", "says"), _DEFECTS.values(), ids=_DEFECTS.keys())
def test_one_defect_is_told_once_with_file_and_hint(name, old, new, says, folder):
    _edit(folder / name, old, new)
    problem = _only_problem(folder)
    assert problem.blocking
    assert problem.sheet == name
    assert problem.row
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
    assert (problem.sheet, problem.what) == ("bridges.toml", "No such file or directory")


def test_a_rule_id_that_appears_twice_is_told(folder):
    text = (folder / _COLLAB).read_text(encoding="utf-8")
    rule = re.search(r"\[\[rule]]\nid = \"collab-joint-research\".*?\n]\n", text, re.S)[0]
    (folder / _COLLAB).write_text(f"{text}\n{rule}", encoding="utf-8")
    problem = _only_problem(folder)
    assert problem.sheet == _COLLAB
    assert problem.what == "rule 'collab-joint-research' appears twice"
    assert problem.hint == f"give each rule an id of its own; see {_COLLAB}"


@pytest.mark.parametrize("name", ["whitehead", "chisel"])
def test_a_file_that_is_not_named_after_its_partner_is_told(name, folder):
    (folder / f"partners/{name}.toml").rename(folder / "partners/other.toml")
    problem = _only_problem(folder)
    assert problem.sheet == "partners/other.toml"
    assert str(problem).endswith(f"id {name!r} is not the name of the file (rename one)")


def test_a_folder_with_a_vocabulary_and_no_partners_is_no_data_folder(folder):
    shutil.rmtree(folder / "partners")
    problem = _only_problem(folder)
    assert problem.sheet == str(folder)
    assert "it has no partners" in problem.what
    assert "--data" in problem.hint


def test_an_empty_folder_is_no_data_folder(tmp_path):
    problem = _only_problem(tmp_path)
    assert problem.sheet == str(tmp_path)
    assert "it has no files in it" in problem.what


def test_a_folder_without_a_vocabulary_is_laid_over_the_shipped_one(tmp_path, catalogue):
    (tmp_path / "exchange_rates.toml").write_text("[krw_per]\nKRW = 1\nUSD = 1500\nSGD = 1100\n")
    found = read_catalogue(tmp_path)
    assert found.partners == catalogue.partners
    assert (catalogue.rates.krw_per["USD"], found.rates.krw_per["USD"]) == (1400, 1500)
    assert found.version != catalogue.version


def test_a_defect_of_a_folder_laid_over_is_told_with_its_file(tmp_path):
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners/new-hub.toml").write_text('id = "new-hub"\nstrenght = 1\n')
    with pytest.raises(
        DataError, match=r"partners/new-hub.toml, line 2: there is no key 'strenght'"
    ):
        read_catalogue(tmp_path)


def test_offers_that_a_file_laid_over_a_shipped_one_lacks_are_told_once(tmp_path):
    text = (shipped_folder() / _LSI).read_text(encoding="utf-8")
    (tmp_path / "partners").mkdir()
    text = re.sub(r"(name = |aliases = )[^\n]*", r"\1", text.partition("[[rule]]")[0], count=2)
    text = text.replace("name = \n", 'name = { ko = "병원", en = "Hospital" }\n', 1)
    text = text.replace("aliases = \n", "").replace('id = "lsi"', 'id = "sgh"')
    (tmp_path / "partners/sgh.toml").write_text(text, encoding="utf-8")
    problem = _only_problem(tmp_path)
    assert problem.sheet == "partners/sgh.toml"
    assert "lacks offers that other files have rules for: clinical-trial-site" in problem.what


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("brigdes.toml", "did you mean 'bridges.toml'?"),
        ("precedent.csv", "did you mean 'precedents.csv'?"),
        ("new-hub.toml", "a partner belongs in partners/"),
        ("partnres/new-hub.toml", "did you mean 'partners'?"),
        ("partners/new-hub.tml", "name it partners/<name>.toml"),
        ("rules/old/new-hub.toml", "name it rules/<name>.toml"),
    ],
)
def test_a_file_that_nothing_reads_is_told(name, hint, folder):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("", encoding="utf-8")
    problem = _only_problem(folder)
    assert (problem.sheet, problem.what) == (name, "is read by nothing")
    assert hint in problem.hint


def test_files_of_other_business_may_lie_beside_the_data(folder, catalogue):
    for name in ("tenants.csv", "notes.md", "partners/notes.md", "letters/list.xlsx"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    assert read_catalogue(folder) == catalogue


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
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules/general.toml").write_text(source + rule, encoding="utf-8")
    assert "ready" in {rule.id for rule in read_catalogue(folder).rules_of_offer["lsi/residency"]}
