"""Make a folder that installs fusuan on a machine without a network: wheels, and a start script that takes dropped files.

    python3 start.py bundle --platform win_amd64          (or linux_x86_64, macosx_11_0_arm64 …)
    python3 start.py bundle --platform win_amd64 --python 3.12 --to 某处

The office machine needs Python of that version, from python.org or its own package store, and nothing else.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAVY = frozenset({"pandas", "jieba"})
"""What the check does not need: data frames are for notebooks, and rjieba, where it is, does the work of jieba. colorama is
asked for by click on Windows alone, which pip, asking here, does not see."""
INSTEAD = ("rjieba>=0.2", "colorama>=0.4")
EXTRAS = ("archives",)
_LINUX = ("manylinux_2_28_{}", "manylinux_2_17_{}", "manylinux2014_{}", "manylinux1_{}")


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    folder = options.to or ROOT / "build" / f"fusuan-{options.platform}"
    wheels = folder / "wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir(parents=True)
    for command in (_own(wheels), _others(wheels, options.platform, options.python)):
        if subprocess.call(command, cwd=ROOT):
            print("下载或打包失败，请检查能否连接 PyPI（或用 PIP_INDEX_URL 指定镜像）后重试", file=sys.stderr)
            return 2
    _scripts(folder, options.python, windows=options.platform.startswith("win"))
    size = sum(path.stat().st_size for path in wheels.iterdir()) / (1 << 20)
    print(f"离线安装包已写入 {folder}（{len(list(wheels.iterdir()))} 个安装文件，{size:.0f} MB）。把整个文件夹拷到目标机器，"
          f"那里须有 Python {options.python}")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="start.py bundle")
    parser.add_argument("--platform", required=True)
    parser.add_argument("--python", default=f"{sys.version_info.major}.{sys.version_info.minor}")
    parser.add_argument("--to", type=Path)
    return parser.parse_args(arguments)


def _own(wheels: Path) -> list[str]:
    return [sys.executable, "-m", "pip", "wheel", "-q", "--disable-pip-version-check", "--no-deps", "-w", str(wheels), str(ROOT)]


def _others(wheels: Path, platform: str, python: str) -> list[str]:
    """Download what is built for that platform: nothing is built here, and nothing there."""
    machine = next((name for name in ("x86_64", "aarch64") if platform.endswith(name)), "")
    platforms = [one.format(machine) for one in _LINUX] if "linux" in platform and machine else [platform]
    asked = [word for one in platforms for word in ("--platform", one)]
    return [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--only-binary=:all:", *asked,
            "--python-version", python, "-d", str(wheels), *wanted()]


def wanted() -> list[str]:
    """Return what the check needs, as pyproject.toml has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(line for extra in EXTRAS for line in project["optional-dependencies"].get(extra, ()))]
    return [line for line in asked if re.split("[<>=\\[]", line)[0] not in HEAVY] + list(INSTEAD)


def _scripts(folder: Path, python: str, *, windows: bool) -> None:
    shutil.copy(ROOT / "office" / "run.py", folder / "run.py")
    name = "复算.bat" if windows else "复算.sh"
    text = (ROOT / "office" / name).read_text(encoding="utf-8").replace("@PYTHON@", python)
    (folder / name).write_bytes(text.replace("\n", "\r\n" if windows else "\n").encode("ascii"))
    (folder / name).chmod(0o755)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
