"""The notebooks run from top to bottom, are kept without outputs, and read in both languages."""

import re
from pathlib import Path

import pytest

REASON = "the extra `notebooks` is not installed"
nbformat = pytest.importorskip("nbformat", reason=REASON)
nbclient = pytest.importorskip("nbclient", reason=REASON)
pytest.importorskip("ipykernel", reason=REASON)
pytest.importorskip("matplotlib", reason=REASON)

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))

every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path):
    return nbformat.read(path, as_version=4)


def of_kind(notebook, kind):
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def test_there_are_the_four_that_the_readme_names():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]


@every_notebook
def test_a_notebook_runs_and_draws_its_charts(path, tmp_path, monkeypatch):
    for folder in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(folder, str(tmp_path))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = read(path)
    resources = {"metadata": {"path": str(FOLDER)}}
    nbclient.NotebookClient(notebook, timeout=300, resources=resources).execute()
    cells = of_kind(notebook, "code")
    shown = [output for cell in cells for output in cell.outputs]
    assert not [output for output in shown if output.output_type == "error"]
    drawn = [cell for cell in cells if "plt.show()" in cell.source]
    assert drawn
    for cell in drawn:
        assert [output for output in cell.outputs if "image/png" in output.get("data", {})]


@every_notebook
def test_a_notebook_is_kept_without_outputs(path):
    for cell in of_kind(read(path), "code"):
        assert cell.outputs == []
        assert cell.execution_count is None


@every_notebook
def test_headings_stand_in_korean_and_english(path):
    headings = [
        cell.source.splitlines()[:2]
        for cell in of_kind(read(path), "markdown")
        if cell.source.startswith("#")
    ]
    assert len(headings) >= 5
    for korean, english in headings:
        assert re.fullmatch(r"#+ .*[가-힣].*", korean)
        assert re.fullmatch(r"\*[^가-힣]+\*", english)


@every_notebook
def test_files_are_named_from_the_repository(path):
    code = "\n".join(cell.source for cell in of_kind(read(path), "code"))
    assert 'ROOT / "' in code
    assert not re.search(r"""["'](/|~|[A-Z]:)""", code)
