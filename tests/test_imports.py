"""What is imported when: laziness is only as good as its first eager import."""

import subprocess
import sys
from pathlib import Path

import pytest

import matcher

EXAMPLE = Path(__file__).parents[1] / "data" / "tenants" / "example.csv"
SCIENCE = {"numpy", "pandas", "sklearn", "openpyxl", "xlsxwriter", "rich"}


def modules_after(code: str) -> set[str]:
    code = f"{code}\nimport sys; sys.stderr.write(' '.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stderr.split())


def test_help_imports_no_scientific_package():
    code = "from matcher.cli import main\nmain(['--help'], standalone_mode=False)"
    assert SCIENCE.isdisjoint(modules_after(code))


def test_match_needs_neither_pandas_nor_scikit_learn():
    arguments = ["match", str(EXAMPLE), "--format", "csv", "-q", "--as-of", "2026-11-22"]
    code = f"from matcher.cli import main\nmain({arguments!r}, standalone_mode=False)"
    loaded = modules_after(code)
    assert "numpy" in loaded
    assert {"pandas", "sklearn", "scipy", "openpyxl", "xlsxwriter", "rich"}.isdisjoint(loaded)


def test_every_public_name_resolves():
    for name in matcher.__all__:
        assert getattr(matcher, name) is not None
    assert dir(matcher) == matcher.__all__


def test_an_unknown_name_is_told():
    with pytest.raises(AttributeError, match="has no attribute 'PartnerReccomender'"):
        _ = matcher.PartnerReccomender
