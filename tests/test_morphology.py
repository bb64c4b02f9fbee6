"""The morphological check: terms inside other Korean words, and nothing of it unless asked."""

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from matcher import PartnerRecommender, read_tenants
from matcher.cli import main
from matcher.errors import MatcherError
from matcher.reports.run import basis_of, record_run
from matcher.text import MentionFinder, MorphemeBoundaries, morphology

DATA = Path(__file__).parents[1] / "data"
EXAMPLE = DATA / "tenants" / "example.csv"
DAY = "2026-11-22"
FACETS = ("need", "stage", "place")


@pytest.fixture
def analyse_as(monkeypatch):
    """Let the analyser break every text at the same places, and count what it is asked."""

    def analyse_as(*bounds):
        asked = []

        def tokenize(text):
            asked.append(text)
            return [SimpleNamespace(start=start, end=end) for start, end in pairwise(bounds)]

        monkeypatch.setattr(morphology, "_kiwi", lambda: SimpleNamespace(tokenize=tokenize))
        monkeypatch.setitem(sys.modules, "kiwipiepy", SimpleNamespace(__version__="1.2"))
        return asked

    return analyse_as


@pytest.fixture
def not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "kiwipiepy", None)
    morphology._kiwi.cache_clear()
    yield
    morphology._kiwi.cache_clear()


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments), "--as-of", DAY, "-q"])


@pytest.mark.parametrize(
    ("bounds", "held"),
    [
        ((0, 2, 3), [True]),  # 영국 + 인
        ((0, 3), [False]),  # 영국인
        ((0, 1, 3), [False]),  # 영 + 국인
    ],
)
def test_a_span_ends_where_a_morpheme_does(analyse_as, bounds, held):
    analyse_as(*bounds)
    assert MorphemeBoundaries().hold("영국인", [(0, 2)]) == held


@pytest.mark.parametrize(("bounds", "held"), [((0, 1, 3), [True]), ((0, 2, 3), [False])])
def test_a_span_begins_where_a_morpheme_does(analyse_as, bounds, held):
    analyse_as(*bounds)
    assert MorphemeBoundaries().hold("운영국", [(1, 3)]) == held


def test_a_wrong_span_takes_no_other_with_it(analyse_as):
    analyse_as(0, 2, 3, 4, 7)  # 영국 + 인, 운영국
    assert MorphemeBoundaries().hold("영국인 운영국", [(0, 2), (5, 7)]) == [True, False]


@pytest.mark.parametrize("text", ["영국 진출", "(영국)", "영국", "UK영국2"])
def test_ends_that_blanks_marks_or_scripts_make_are_not_analysed(analyse_as, text):
    asked = analyse_as(0, 1)
    start = text.index("영")
    assert MorphemeBoundaries().hold(text, [(start, start + 2)]) == [True]
    assert asked == []


def test_a_finder_with_boundaries_drops_what_stands_inside_a_word(analyse_as, catalogue):
    analyse_as(0, 2, 3)  # 운영 + 국
    plain = MentionFinder(catalogue.vocabulary, FACETS)
    checked = MentionFinder(catalogue.vocabulary, FACETS, MorphemeBoundaries())
    assert [mention.evidence for mention in plain.find("운영국")] == ["영국"]
    assert checked.find("운영국") == []


def test_a_missing_extra_is_told_with_what_installs_it(not_installed, catalogue):
    with pytest.raises(MatcherError, match=r"needs kiwipiepy.*pip install 'matcher\[ko\]'"):
        PartnerRecommender(morphology=True).fit(catalogue)


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", EXAMPLE),
        ("report", EXAMPLE, "-o", "reports"),
        ("explain", EXAMPLE, "T001", "mgh"),
        ("evaluate", "tests/gold_dev/tenants.csv", "tests/gold_dev/relevance.csv"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_command_without_the_extra_ends_with_one_message(
    not_installed, arguments, tmp_path, monkeypatch
):
    gold = Path(__file__).parent / "gold_dev"
    arguments = [gold / Path(each).name if "gold" in str(each) else each for each in arguments]
    monkeypatch.chdir(tmp_path)
    result = run(*arguments, "--morphology")
    assert result.exit_code != 0
    assert "pip install 'matcher[ko]'" in result.output
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_batch_does_not_take_it(tmp_path):
    result = run("match", "--batch", EXAMPLE, "-o", tmp_path / "out", "--morphology")
    assert result.exit_code == 2
    assert "--morphology does not go with --batch" in result.output


def test_the_record_of_a_run_says_when_it_was_on_and_only_then(analyse_as):
    analyse_as()  # no boundary anywhere: whatever is joined to other syllables is dropped
    on, off = (
        json.loads(run("match", EXAMPLE, "--format", "json", *flag).stdout)["run"]
        for flag in (["--morphology"], [])
    )
    assert on["options"] == {**off["options"], "morphology": "kiwipiepy 1.2"}
    assert "morphology" not in off["options"]
    assert on["id"] != off["id"]


def test_a_decision_read_with_the_check_has_an_id_of_its_own(catalogue):
    tenants = read_tenants(EXAMPLE, catalogue.vocabulary)
    basis, offer = basis_of(next(iter(tenants))), catalogue.offers[0].id
    one, other, off, wider = (
        record_run(tenants, catalogue, DAY, **options).decision_id(basis, offer)
        for options in (
            {"morphology": "kiwipiepy 1.2"},
            {"morphology": "kiwipiepy 1.3"},
            *({}, {"anywhere": True}),
        )
    )
    assert len({one, other, off}) == 3
    assert off == wider


def test_evaluate_compares_with_the_ranking_without_it(analyse_as):
    analyse_as()
    gold = Path(__file__).parent / "gold_dev"
    lists = (gold / "tenants.csv", gold / "relevance.csv")
    assert "without morphology" in run("evaluate", *lists, "--morphology").stdout
    assert "without morphology" not in run("evaluate", *lists).stdout


def test_nothing_of_it_is_loaded_unless_asked():
    code = (
        "import sys; from matcher.cli import main\n"
        f"main(['match', {str(EXAMPLE)!r}, '-q'], standalone_mode=False)\n"
        "sys.exit('kiwipiepy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("섯 번째 운영국", []),
        ("외부인도 참여 가능", []),
        ("임상연구 실시기관", ["임상"]),
        ("영국과 인도에 진출", ["영국", "인도"]),
        ("투자유치를 희망하며 공동연구도 구함", ["투자유치", "공동연구"]),
        ("🧬 섯 번째 운영국, 영국에서", ["영국"]),
    ],
)
def test_the_analyser_tells_words_from_parts_of_words(catalogue, text, found):
    pytest.importorskip("kiwipiepy", reason="the extra ko is not installed")
    finder = MentionFinder(catalogue.vocabulary, FACETS, MorphemeBoundaries())
    assert [mention.evidence for mention in finder.find(text)] == found
