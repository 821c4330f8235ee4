"""复算：把文件或文件夹拖到“复算”图标上即可核对。第一次运行时在本文件夹里安装，不用网络。

Standard library only, and no syntax newer than Python 3.6, so that an old Python can say that it is too old.
"""

import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, ".fusuan")
USAGE = "用法：把报告文件（.docx、.pdf、.xlsx 等）或整个文件夹拖到“复算”图标上；结果写在它们旁边的“疑点.xlsx”里"
OLD = "安装失败。这个安装包须用 Python {} 运行，现在是 {}。请换用该版本，或重新制作安装包"


def say(text):  # type: (str) -> None
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def install(wanted):  # type: (str) -> int
    """Install from the wheels beside this file; nothing is looked for elsewhere."""
    if os.path.exists(STAMP):
        return 0
    say("首次运行，正在安装（约半分钟，不用网络）……")
    wheels = sorted(glob.glob(os.path.join(glob.escape(HERE), "wheels", "*.whl")))
    status = subprocess.call([sys.executable, "-m", "venv", "--clear", VENV])
    status = status or subprocess.call([PYTHON, "-m", "pip", "install", "-q", "--no-index", "--no-deps",
                                        "--disable-pip-version-check"] + wheels)
    if status:
        say(OLD.format(wanted, ".".join(map(str, sys.version_info[:2]))))
        return 2
    with open(STAMP, "w"):
        return 0


def check(things):  # type: (list[str]) -> int
    """Check what was dropped; the result lies beside it."""
    worst = 0
    for folder in [thing for thing in things if os.path.isdir(thing)]:
        name = os.path.join(os.path.dirname(os.path.abspath(folder)), os.path.basename(os.path.abspath(folder)) + " 疑点.xlsx")
        worst = max(worst, fusuan("batch", folder, "-o", name))
    files = [thing for thing in things if not os.path.isdir(thing)]
    if files:
        name = os.path.join(os.path.dirname(os.path.abspath(files[0])), "疑点.xlsx")
        worst = max(worst, fusuan("check", *files + ["-o", name]))
    return worst


def fusuan(*arguments):  # type: (str) -> int
    return subprocess.call([PYTHON, "-m", "fusuan.cli"] + list(arguments))


def main(wanted, things):  # type: (str, list[str]) -> int
    status = install(wanted)
    if status:
        return status
    if not things:
        say(USAGE)
        return 0
    return fusuan(*things) if not os.path.exists(things[0]) else check(things)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
