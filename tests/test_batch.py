"""Batch runs: what `match` finds, in bounded memory, whatever stops them and wherever they run."""

import csv
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from matcher import PartnerRecommender, read_tenants
from matcher.batch import DaskEngine, LocalEngine, Order, run_batch
from matcher.cli import main
from matcher.errors import DataError, MatcherError
from matcher.intake.chunks import ChunkReader, cut
from matcher.intake.streams import open_list

DAY = "2026-11-22"
ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "data" / "tenants" / "example.csv"
LISTS = sorted(
    path
    for folder in ("tests/intake_dev", "tests/gold_dev", "data/tenants")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".csv", ".tsv", ".xlsx") and "match" not in path.stem
)


def drained(runs):
    return list(runs)[-1]


def files_of(folder):
    """Return the bytes of all files of a run, by path."""
    return {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rows_of(folder, kind="matches"):
    paths = sorted((folder / kind).glob("*.parquet"))
    return pa.concat_tables([pq.ParquetFile(path).read() for path in paths]).to_pylist()


@pytest.fixture(scope="session")
def long_list(tmp_path_factory):
    """300 tenants: those of the example again and again, with ids that repeat."""
    with EXAMPLE.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index("기업명")
    path = tmp_path_factory.mktemp("lists") / "long.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(300):
            row = list(rows[number % len(rows)])
            row[at] += f" {number}"
            row[0] = f"N{number % 290:03d}"
            writer.writerow(row)
    return path


@pytest.fixture(scope="module")
def whole(long_list, catalogue, tmp_path_factory):
    """The folder of an uninterrupted run, in parts of 60."""
    folder = tmp_path_factory.mktemp("whole")
    drained(run_batch(long_list, folder, catalogue, Order(DAY, chunk=60)))
    return folder


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_list_in_chunks_reads_as_the_whole_list(path, size, catalogue):
    try:
        wanted = read_tenants(path, catalogue.vocabulary, as_of=DAY)
    except DataError:
        with pytest.raises(DataError):
            list(cut(open_list(path, catalogue.vocabulary), catalogue.vocabulary, size))
        return
    opened = open_list(path, catalogue.vocabulary)
    reader, ids = ChunkReader(catalogue.vocabulary, DAY), {}
    tenants, problems = [], list(opened.problems)
    for chunk in cut(opened, catalogue.vocabulary, size):
        some, of_them = reader.read(chunk, ids)
        tenants += some
        problems += of_them
    assert tenants == list(wanted)
    assert problems == list(wanted.problems)
    assert (opened.digest, opened.sheet.encoding) == (wanted.digest, wanted.encoding)


def test_a_company_over_several_rows_is_never_cut(catalogue, tmp_path):
    path = tmp_path / "list.csv"
    rows = ["기업명,분야,핵심기술,희망국가,희망 지원분야"]
    for number in range(6):
        rows += [f"회사{number},의약,신약,싱가포르,투자유치", ",,,,임상시험", ",,,,실험실"]
    path.write_text("\n".join(rows), encoding="utf-8")
    chunks = list(cut(open_list(path, catalogue.vocabulary), catalogue.vocabulary, 4))
    assert [len(chunk.table.body) for chunk in chunks] == [6, 6, 6]


def test_finds_what_match_finds(long_list, whole, catalogue):
    tenants = read_tenants(long_list, catalogue.vocabulary, as_of=DAY)
    table = PartnerRecommender().fit(catalogue).rank(tenants, as_of=DAY)
    wanted = table.match_rows()
    found = rows_of(whole)
    assert [{key: row[key] for key in wanted[0]} for row in found] == wanted
    entries = table.of_list("matches")
    for row, entry in zip(found, entries, strict=True):
        open_rules = [(f.rule.id, f.verdict.word) for f in table.findings(entry)]
        assert row["not_met"] == [rule for rule, verdict in open_rules if verdict == "not_met"]
        assert row["unknown"] == [rule for rule, verdict in open_rules if verdict == "unknown"]
    told = rows_of(whole, "tenants")
    assert [row["tenant_id"] for row in told] == [tenant.tenant_id for tenant in tenants]
    assert "N005#2" in {row["tenant_id"] for row in told}
    assert sum(row["n_matches"] for row in told) == len(found)


@pytest.mark.parametrize("chunk", [1, 37, 5000])
def test_rows_do_not_depend_on_chunks_or_threads(chunk, long_list, whole, catalogue, tmp_path):
    order = Order(DAY, chunk=chunk)
    drained(run_batch(long_list, tmp_path, catalogue, order, engine=LocalEngine(1)))
    for kind in ("matches", "tenants", "problems"):
        assert rows_of(tmp_path, kind) == rows_of(whole, kind)


def test_parquet_and_folders_are_read_as_well(long_list, whole, catalogue, tmp_path):
    lists = tmp_path / "lists"
    (lists / "more").mkdir(parents=True)
    with long_list.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    table = pa.table(dict(zip(header, map(list, zip(*rows, strict=True)), strict=True)))
    pq.write_table(table, lists / "a.parquet")
    shutil.copy(EXAMPLE, lists / "more" / "b.csv")
    (lists / "more" / "c.csv").write_text("무엇,언제\n1,2\n", encoding="utf-8")
    progress = drained(run_batch(lists, tmp_path / "out", catalogue, Order(DAY, chunk=60)))
    found = rows_of(tmp_path / "out")
    of_parquet = [row for row in found if row["list"] == "a.parquet"]
    assert of_parquet == [{**row, "list": "a.parquet"} for row in rows_of(whole)]
    assert {row["list"] for row in found} == {"a.parquet", "more/b.csv"}
    assert [(each.kind, each.sheet) for each in progress.told] == [("unreadable", "more/c.csv")]
    assert progress.has_blocking_problem


@pytest.mark.parametrize("after", [1, 3, 5])
def test_a_run_that_was_stopped_goes_on_to_the_same_bytes(
    after, long_list, whole, catalogue, tmp_path
):
    order = Order(DAY, chunk=60)
    stopped = run_batch(long_list, tmp_path, catalogue, order)
    for _ in range(after):
        next(stopped)
    stopped.close()
    assert not (tmp_path / "manifest.json").exists()
    (tmp_path / "matches" / ".matcher-half").write_bytes(b"PAR1")
    progress = drained(run_batch(long_list, tmp_path, catalogue, order))
    assert progress.n_resumed == after
    assert files_of(tmp_path) == files_of(whole)


def test_a_part_that_does_not_agree_with_its_checkpoint_is_made_again(
    long_list, whole, catalogue, tmp_path
):
    order = Order(DAY, chunk=60)
    stopped = run_batch(long_list, tmp_path, catalogue, order)
    next(stopped), next(stopped)
    stopped.close()
    (tmp_path / "matches" / "part-00000.parquet").write_bytes(b"PAR1 damaged")
    assert drained(run_batch(long_list, tmp_path, catalogue, order)).n_resumed == 1
    assert files_of(tmp_path) == files_of(whole)


def test_a_run_that_is_killed_goes_on_to_the_same_bytes(long_list, whole, tmp_path):
    order = ["--chunk", "60", "--as-of", DAY, "-q"]
    command = [sys.executable, "-m", "matcher", "match", "--batch", str(long_list)]
    command += ["-o", str(tmp_path), *order]
    random.seed(8)
    for _ in range(3):
        run = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)})
        time.sleep(random.uniform(0.4, 1.2))
        run.send_signal(signal.SIGKILL)
        run.wait()
    last = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert last.returncode == 1  # ids appear twice
    assert files_of(tmp_path) == files_of(whole)


def test_a_finished_run_is_not_made_again(long_list, whole, catalogue):
    before = files_of(whole)
    progress = drained(run_batch(long_list, whole, catalogue, Order(DAY, chunk=60)))
    assert (progress.n_resumed, progress.n_tenants) == (progress.n_parts, 300)
    assert files_of(whole) == before


def test_a_run_that_was_killed_before_it_cleared_away_is_finished(
    long_list, whole, catalogue, tmp_path
):
    folder = tmp_path / "out"
    shutil.copytree(whole, folder)
    (folder / "_checkpoints").mkdir()
    (folder / "_checkpoints" / "part-00000.json").write_text("{}")
    assert drained(run_batch(long_list, folder, catalogue, Order(DAY, chunk=60))).done
    assert files_of(folder) == files_of(whole)


def test_a_finished_run_that_lost_a_part_is_told(long_list, whole, catalogue, tmp_path):
    folder = tmp_path / "out"
    shutil.copytree(whole, folder)
    (folder / "tenants" / "part-00002.parquet").unlink()
    with pytest.raises(MatcherError, match="part 2 is not what the manifest tells of"):
        drained(run_batch(long_list, folder, catalogue, Order(DAY, chunk=60)))


def test_another_run_in_the_folder_is_left_alone(long_list, whole, catalogue):
    with pytest.raises(MatcherError, match="holds another run"):
        drained(run_batch(long_list, whole, catalogue, Order(DAY, k=3, chunk=60)))


def changed(long_list, path, **cells):
    """Write the list with the cells of one tenant changed, a tenant gone and one more."""
    with long_list.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for name, text in cells.items():
        rows[20][header.index(name)] = text
    more = list(rows[0])
    more[0], more[header.index("기업명")] = "N999", "새 회사"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows[:100], *rows[101:], more])
    return path


def test_since_computes_changed_tenants_only(long_list, whole, catalogue, tmp_path):
    now = changed(long_list, tmp_path / "now.csv", 희망국가="보스턴")
    order = Order(DAY, chunk=60)
    since = whole / "manifest.json"
    progress = drained(run_batch(now, tmp_path / "since", catalogue, order, since=since))
    drained(run_batch(now, tmp_path / "anew", catalogue, order))
    # Changed, new, and the later ones of repeated ids whose first holder is gone or moved on.
    assert 290 <= progress.n_kept <= 298
    assert files_of(tmp_path / "since") == files_of(tmp_path / "anew")


def test_since_sees_changed_offers_and_rules(long_list, whole, catalogue, tmp_path):
    lc = catalogue.partner("labcentral")
    weaker = replace(lc, offers=tuple(replace(o, strength=o.strength / 2) for o in lc.offers))
    stronger = replace(
        catalogue.partner("ttsh"),
        offers=tuple(replace(o, strength=1.0) for o in catalogue.partner("ttsh").offers),
    )
    new = {weaker.id: weaker, stronger.id: stronger}
    stricter = [
        replace(rule, status="confirmed") if rule.kind == "entry" else rule
        for rule in catalogue.rules
    ]
    for name, now in (
        (
            "offers",
            replace(catalogue, partners=tuple(new.get(p.id, p) for p in catalogue.partners)),
        ),
        ("rules", replace(catalogue, rules=tuple(stricter))),
    ):
        order = Order(DAY, chunk=60)
        since, anew = tmp_path / f"{name}-since", tmp_path / f"{name}-anew"
        progress = drained(run_batch(long_list, since, now, order, since=whole / "manifest.json"))
        drained(run_batch(long_list, anew, now, order))
        assert 0 < progress.n_kept < 300
        assert rows_of(anew) != rows_of(whole)
        assert files_of(since) == files_of(anew)


def test_since_sees_a_rule_that_ends_by_the_date_alone(long_list, catalogue, tmp_path):
    ending = [
        replace(rule, status="confirmed", effective_to="2026-11-22")
        if rule.kind == "entry"
        else rule
        for rule in catalogue.rules
    ]
    now = replace(catalogue, rules=tuple(ending))
    first, since, anew = (tmp_path / name for name in ("first", "since", "anew"))
    drained(run_batch(long_list, first, now, Order(DAY, chunk=60)))
    later = Order("2026-11-23", chunk=60)
    manifest = first / "manifest.json"
    progress = drained(run_batch(long_list, since, now, later, since=manifest))
    drained(run_batch(long_list, anew, now, later))
    assert 0 < progress.n_kept < 300
    assert rows_of(anew) != rows_of(first)
    assert files_of(since) == files_of(anew)


def test_since_takes_nothing_over_under_other_options(long_list, whole, catalogue, tmp_path):
    order = Order(DAY, k=3, chunk=60)
    progress = drained(
        run_batch(long_list, tmp_path, catalogue, order, since=whole / "manifest.json")
    )
    assert progress.n_kept == 0


def test_since_refuses_parts_that_are_not_those_of_the_manifest(
    long_list, whole, catalogue, tmp_path
):
    shutil.copytree(whole, tmp_path / "earlier")
    damaged = tmp_path / "earlier" / "tenants" / "part-00001.parquet"
    damaged.write_bytes(damaged.read_bytes() + b"x")
    order = Order(DAY, chunk=50)
    since = tmp_path / "earlier" / "manifest.json"
    with pytest.raises(MatcherError, match="is not the file that the manifest"):
        drained(run_batch(long_list, tmp_path / "now", catalogue, order, since=since))


def test_dask_makes_the_same_bytes_though_a_worker_is_killed(long_list, whole, catalogue, tmp_path):
    pytest.importorskip("distributed")
    engine = DaskEngine(n_workers=2)
    run = run_batch(long_list, tmp_path, catalogue, Order(DAY, chunk=60), engine=engine)
    next(run)
    os.kill(next(iter(engine.cluster.workers.values())).pid, signal.SIGKILL)
    drained(run)
    assert files_of(tmp_path) == files_of(whole)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--batch", str(EXAMPLE)], "say which with -o FOLDER"),
        (["--batch", "-", "-o", "out"], "not standard input"),
        (["--batch", "--strict", str(EXAMPLE), "-o", "out"], "--strict does not go with --batch"),
        ([str(EXAMPLE), "--engine", "dask"], "go with --batch"),
        (["--batch", str(EXAMPLE), "-o", "out", "--scheduler", "tcp://a:1"], "--engine dask"),
        ([str(EXAMPLE.parent)], "--batch reads folders"),
    ],
)
def test_wrong_usage_is_told(arguments, message):
    result = CliRunner().invoke(main, ["match", *arguments])
    assert result.exit_code == 2
    assert message in result.output


def test_the_command_writes_a_folder_and_tells_what_it_holds(tmp_path):
    arguments = ["match", "--batch", str(EXAMPLE), "-o", str(tmp_path), "--as-of", DAY]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0
    assert "40 tenants" in result.output
    assert json.loads((tmp_path / "manifest.json").read_text())["n_tenants"] == 40
    again = CliRunner().invoke(main, arguments)
    assert "1 of 1 parts were there" in again.output


def test_an_empty_folder_and_a_broken_list_are_told(tmp_path, catalogue):
    with pytest.raises(MatcherError, match="holds no list"):
        drained(run_batch(tmp_path, tmp_path / "out", catalogue, Order(DAY)))
    broken = tmp_path / "broken.csv"
    broken.write_bytes(io.BytesIO(b"\xff\x00\x01").getvalue())
    with pytest.raises(DataError, match="is not a CSV"):
        drained(run_batch(broken, tmp_path / "out", catalogue, Order(DAY)))
