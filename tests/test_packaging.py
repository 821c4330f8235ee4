"""The wheel carries everything, and the installed program works away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import Maker
from tests.house import FOLDERS, ROOT
from tests.ofd_maker import layer, line, ofd

LEFT = shutil.ignore_patterns(".*", "build", "dist", "out", "__pycache__", "*.egg-info")



def install(python: Path, *what: str) -> None:
    done = subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *what],
                          capture_output=True, text=True, errors="replace", check=False)
    if done.returncode and "CI" not in os.environ and "No matching distribution" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr[-2000:]


def copied(folder: Path) -> Path:
    """Copy the sources, so that building leaves nothing behind in the original."""
    return Path(shutil.copytree(ROOT, folder / "源码 (1)", ignore=LEFT))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment."""
    home = tmp_path_factory.mktemp("fresh")
    venv.create(home, with_pip=True)
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


@pytest.fixture(scope="module")
def wheel(checkout: Path, python: Path) -> Path:
    install(python, "wheel")
    subprocess.run([str(python), "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(checkout / "dist"), str(checkout)],
                   check=True, capture_output=True)
    return next((checkout / "dist").glob("fusuan-*.whl"))


def carried(folder: Path) -> Iterator[str]:
    for name in FOLDERS:
        for path in [folder / f"{name}.py", *(folder / name).rglob("*")]:
            if path.is_file() and path.suffix != ".pyc":
                yield "fusuan/" + path.relative_to(folder).as_posix()


def test_every_folder_of_code_is_listed() -> None:
    """A folder that is not would be missing from the wheel, and nowhere else."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {path.parent.relative_to(ROOT) for name in FOLDERS for path in (ROOT / name).rglob("*.*")
               if path.suffix in (".py", ".toml")}
    assert listed == sorted(["fusuan", *(".".join(("fusuan", *folder.parts)) for folder in folders)])


@pytest.mark.slow
def test_the_wheel_carries_every_file_of_every_folder(wheel: Path, checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    ours = {name for name in names if not name.startswith("fusuan-")}
    assert ours == {*carried(checkout), "fusuan/start.py"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


def run(python: Path, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    program = python.with_name("fusuan.exe" if os.name == "nt" else "fusuan")
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("PYTHONPATH", None)
    return subprocess.run([str(program), *map(str, arguments)], capture_output=True, text=True, encoding="utf-8",
                          check=False, cwd=cwd, env=environment)


@pytest.mark.slow
def test_installed_from_the_wheel_and_then_editable(wheel: Path, checkout: Path, python: Path, good: Path, wrong: Path,
                                                    make: Maker, folder: Path) -> None:
    for name in ("model.py", "fusuan.py"):
        make(name, "raise SystemExit('a file that lies about must not be imported')")
    install(python, str(wheel))
    for kind in ("wheel", "editable"):
        if kind == "editable":
            install(python, "--no-deps", "-e", str(checkout))
        done = run(python, "check", wrong, "-o", f"{kind}.xlsx", cwd=folder)
        assert done.returncode == 1, done.stderr
        assert "430.50万元" in done.stdout
        assert (folder / f"{kind}.xlsx").stat().st_size
        many = run(python, "batch", ".", "--jobs", "2", cwd=folder)
        assert many.returncode == 1, many.stderr
        assert "核对 2 份" in many.stdout
        assert run(python, "schemes", cwd=folder).returncode == 0


SPECIMENS = ROOT / "corpus" / "specimens"
TEXT = "2023年本单位支出合计420.50万元，其中：基本支出310.20万元，项目支出110.30万元。"


@pytest.mark.slow
def test_without_the_extras_what_offices_file_most_is_read(wheel: Path, python: Path, tmp_path: Path) -> None:
    install(python, str(wheel))
    for module in ("rapidocr", "cv2", "py7zr", "fastapi"):
        assert subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False).returncode
    for name in ("project-form.docx", "project-form-right.xlsx", "department-prose.pdf"):
        shutil.copy(SPECIMENS / name, tmp_path)
    (tmp_path / "a.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (tmp_path / "b.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.ofd").write_bytes(ofd([layer(line(TEXT, 10, 20, 3))]))
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.write(SPECIMENS / "project-form.docx", "甲/自评表.docx")
    done = run(python, "check", "--format", "json", *sorted(path.name for path in tmp_path.iterdir()), cwd=tmp_path)
    results = json.loads(done.stdout)
    assert len(results) == 7
    assert not [result["error"] for result in results if result["error"]]
    assert all(result["checks"] for result in results)
    Image.new("RGB", (40, 40), "white").save(tmp_path / "e.png")
    refused = run(python, "check", "e.png", cwd=tmp_path)
    assert refused.returncode == 2
    assert "fusuan[ocr]" in refused.stdout + refused.stderr


def test_a_checkout_runs_what_lies_in_it(tmp_path: Path, good: Path, wrong: Path, folder: Path) -> None:
    """With no installation of its own, in the first process and in those that work beside it."""
    checkout = copied(tmp_path)
    with (checkout / "patterns" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("\ndef find(*_):\n    raise KeyError('checkout')\n")
    for arguments in (["check", good, wrong], ["batch", folder, "--jobs", "2"]):
        done = subprocess.run([sys.executable, str(checkout / "cli.py"), *map(str, arguments)], capture_output=True,
                              text=True, encoding="utf-8", check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
        assert done.stdout.count("KeyError: 'checkout'") == 2, done.stderr


def test_start_says_what_is_missing_where_no_environment_can_be_made(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    shutil.copy(ROOT / "start.py", script)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    code = ("import importlib.util as u, runpy, sys\n"
            "find = u.find_spec\n"
            "u.find_spec = lambda name, *a: None if name in ('ensurepip', 'pip') else find(name, *a)\n"
            "sys.argv = ['start.py']\n"
            f"runpy.run_path({str(script)!r}, run_name='__main__')\n")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.returncode == 2
    assert "python3-venv" in done.stdout
    assert "This Python has neither" in done.stdout
    assert "Traceback" not in done.stderr
