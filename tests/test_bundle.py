"""The folder for machines without a network: made for a platform, installed and run with the network off."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from office import bundle
from tests.conftest import Maker
from tests.house import ROOT


def made(folder: Path, platform: str) -> Path:
    done = subprocess.run([sys.executable, str(ROOT / "office" / "bundle.py"), "--platform", platform, "--to", str(folder)],
                          capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("no package index can be reached")
    assert done.returncode == 0, done.stderr[-1000:]
    return folder


def test_what_the_check_needs_is_in_it_and_what_it_does_not_is_not() -> None:
    names = " ".join(bundle.wanted())
    assert "lxml" in names
    assert "pandas" not in names
    assert "numpy" not in names


@pytest.mark.slow
def test_a_windows_folder_has_wheels_alone_and_a_script_of_plain_letters(tmp_path: Path) -> None:
    folder = made(tmp_path / "包", "win_amd64")
    wheels = [path.name for path in (folder / "wheels").iterdir()]
    assert all(name.endswith(("-win_amd64.whl", "-none-any.whl")) for name in wheels)
    assert any(name.startswith("fusuan-") for name in wheels)
    script = (folder / "复算.bat").read_bytes()
    assert b"\r\n" in script
    assert b"@PYTHON@" not in script


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("unshare") is None, reason="needs Linux and unshare")
def test_a_linux_folder_installs_and_checks_with_the_network_off(tmp_path: Path, make: Maker, folder: Path) -> None:
    from tests.conftest import WRONG

    off = ["unshare", "-rn"]
    if subprocess.run([*off, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no rights to switch the network off")
    package = made(tmp_path / "包 1", "linux_x86_64")
    make("甲.docx", *WRONG)
    done = subprocess.run([*off, "sh", str(package / "复算.sh"), str(folder)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 1, done.stderr[-1000:]
    assert "不符 2" in done.stdout
    assert (folder.parent / f"{folder.name} 疑点.xlsx").exists()
