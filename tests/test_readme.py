"""The README is true: its commands run, its transcripts are what they print, its code works."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = (
    "python -m venv .venv && .venv/bin/pip install . "
    "&& .venv/bin/matcher report data/tenants/example.xlsx -o reports",
    "python -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest",
)


def transcripts():
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, [line.rstrip() for line in shown.splitlines()]


@pytest.mark.parametrize(("command", "shown"), list(transcripts()), ids=lambda part: str(part)[:60])
def test_a_transcript_is_what_the_command_prints(command, shown, monkeypatch):
    """Lines stand in the output in this order; `...` stands for any lines between."""
    monkeypatch.chdir(ROOT)
    program, *arguments = command.split()
    assert program == "matcher"
    printed = [line.rstrip() for line in CliRunner().invoke(main, arguments).stdout.splitlines()]
    at = 0
    for before, line in zip(["", *shown], shown, strict=False):
        if line == "...":
            continue
        if before == "...":
            assert line in printed[at:]
            at = printed.index(line, at)
        assert printed[at] == line
        at += 1


@pytest.mark.parametrize("command", SET_UP)
def test_the_set_up_commands_stand_word_for_word(command):
    assert command in README.splitlines()


def test_the_library_example_runs():
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "partner_id" in run.stdout


def test_every_command_is_in_the_readme():
    for command in main.list_commands(None):
        assert f"matcher {command}" in README or f"`{command}`" in README
