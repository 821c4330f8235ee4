"""First steps with nothing but Python: set up, then check the specimen reports, run the tests, or run fusuan.

    python3 start.py                 set up .venv, check corpus/, write 疑点.xlsx
    python3 start.py test            set up .venv with the test tools, run linter, type checker and tests
    python3 start.py bundle --platform win_amd64      make a folder that installs fusuan without a network (office/bundle.py)
    python3 start.py lock            write constraints.txt anew: the versions that are installed, of everything that may be
    python3 start.py links           make build/links, where the type checker finds the folders under the package's name
    python3 start.py check 文件…      any other words go to fusuan itself

Standard library only, and no syntax newer than Python 3.6, so that an old Python can say that it is too old.
"""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
STAMP = os.path.join(VENV, ".fusuan")
LINKS = os.path.join(ROOT, "build", "links", "fusuan")
LOCKED = os.path.join(ROOT, "constraints.txt")
WORKBOOK = "疑点.xlsx"
SPECIMENS = os.path.join("corpus", "specimens")
EXAMPLE = os.path.join(SPECIMENS, "department-prose.docx")

OLD = ("需要 Python 3.11 或更高版本，现在是 {}。请安装新版 Python 后用它运行：python3.11 start.py\n"
       "Python 3.11 or newer is needed, this is {}. Install it and run: python3.11 start.py")
NO_VENV = ("这个 Python 缺少 ensurepip，也没有 pip，无法建立运行环境。Debian、Ubuntu 请先运行：sudo apt install python3-venv；"
           "其他系统请安装 python.org 的完整版 Python。\n"
           "This Python has neither ensurepip nor pip, so no environment can be made. On Debian or Ubuntu run "
           "first: sudo apt install python3-venv; elsewhere install the full Python from python.org.")
NO_INSTALL = ("安装依赖失败，请检查能否连接 PyPI（或设置镜像：PIP_INDEX_URL=镜像地址）后重试。\n"
              "Installing the dependencies failed. Check that PyPI (or a mirror named by PIP_INDEX_URL) can be reached.")


NOT_LOCKED = ("constraints.txt 中的版本在这里装不全，改用各库的最新版本……（not all of the locked versions are to be had here: "
              "taking the newest）")


def say(text):  # type: (str) -> None
    """Print at once, in whatever characters the terminal has."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "replace").decode(encoding), flush=True)


def run(*command):  # type: (str) -> int
    """Run a command in the project's folder; return its exit status."""
    return subprocess.call(list(command), cwd=ROOT)


def works():  # type: () -> bool
    """Tell whether .venv has a Python that runs (one that was moved or half made has not)."""
    if not os.path.exists(PYTHON):
        return False
    return subprocess.call([PYTHON, "-c", ""], stderr=subprocess.DEVNULL) == 0


def pip():  # type: () -> list[str]
    """Return the command that installs into .venv, making .venv where there is none; empty where that cannot be."""
    own = importlib.util.find_spec("ensurepip") is not None
    if not own and importlib.util.find_spec("pip") is None:
        return []
    if not works():
        say("正在建立运行环境 .venv ……（making .venv）")
        options = ["--clear"] if own else ["--clear", "--without-pip"]
        if run(sys.executable, "-m", "venv", *options, VENV):
            return []
    if subprocess.call([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0:
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def wanted(extra):  # type: (str) -> str
    """Return what an up-to-date environment has written in its stamp."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file, open(LOCKED, "rb") as locked:
        return f"{hashlib.sha256(file.read() + locked.read()).hexdigest()} {ROOT} {extra}"


def install(extra):  # type: (str) -> int
    """Install the project (with `extra`, "test" or "") into .venv unless it is there; return an exit status."""
    if works() and os.path.exists(STAMP):
        with open(STAMP, encoding="utf-8") as file:
            if file.read() in (wanted(extra), wanted("test")):
                return 0
    command = pip()
    if not command:
        say(NO_VENV)
        return 2
    say("正在安装 fusuan 及其依赖，约需一分钟 ……（installing, about a minute）")
    target = f".[{extra}]" if extra else "."
    command += ["install", "-qq", "--disable-pip-version-check", "-e", target]
    if run(*command, "-c", LOCKED):
        say(NOT_LOCKED)
        if run(*command):
            say(NO_INSTALL)
            return 2
    with open(STAMP, "w", encoding="utf-8") as file:
        file.write(wanted(extra))
    return 0


def lock():  # type: () -> int
    """Write down which version of everything that may be needed, extras too, an installation takes today."""
    command = pip()
    if not command:
        say(NO_VENV)
        return 2
    with open(os.path.join(ROOT, "pyproject.toml"), encoding="utf-8") as file:
        known = file.read().partition("[project.optional-dependencies]")[2].partition("\n[")[0]
    extras = [line.partition(" = ")[0] for line in known.splitlines() if " = [" in line]
    said = subprocess.run([*command, "install", "-q", "--dry-run", "--ignore-installed", "--report", "-", "-e", f".[{','.join(extras)}]"],
                          cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if said.returncode:
        say(NO_INSTALL)
        return 2
    found = [item["metadata"] for item in json.loads(said.stdout)["install"]]
    lines = sorted({f"{one['name'].lower()}=={one['version']}" for one in found if one["name"] != "fusuan"})
    with open(LOCKED, "w", encoding="utf-8", newline="\n") as file:
        file.write("# versions that were tried together; written by: python3 start.py lock\n" + "\n".join(lines) + "\n")
    return 0


def fusuan(*arguments):  # type: (str) -> int
    return subprocess.call([PYTHON, os.path.join(ROOT, "cli.py"), *arguments])


def told(*arguments):  # type: (str) -> tuple[int, list[str]]
    """Run fusuan; return its exit status and the lines it prints."""
    done = subprocess.Popen([PYTHON, os.path.join(ROOT, "cli.py"), *arguments], cwd=ROOT, stdout=subprocess.PIPE,
                            env=dict(os.environ, PYTHONIOENCODING="utf-8"))
    printed, _ = done.communicate()
    return done.returncode, printed.decode("utf-8", "replace").splitlines()


def specimens():  # type: () -> list[str]
    """Return each specimen once, in the first of its formats: beside them lies what must be found in them."""
    chosen = {}  # type: dict[str, str]
    for suffix in (".pdf", ".xlsx", ".docx"):
        chosen.update((name[:-len(suffix)], name) for name in os.listdir(os.path.join(ROOT, SPECIMENS)) if name.endswith(suffix))
    return [os.path.join(SPECIMENS, name) for _, name in sorted(chosen.items())]


def demonstrate():  # type: () -> int
    """Check the specimens in corpus/ (that some of them have errors is their purpose) and show one finding in full."""
    say("核对 corpus/specimens/ 里的样例报告（其中有意留有错误）……")
    status, lines = told("check", *specimens() + ["-o", WORKBOOK])
    for line in lines if status not in (0, 1) else lines[-2:]:
        say(line)
    if status not in (0, 1):
        return status
    say("\n其中一处疑点：")
    _, shown = told("check", EXAMPLE)
    second = [number for number, line in enumerate(shown) if line.startswith("[2]")]
    for line in shown[:second[0]] if second else shown:
        say(line)
    say(f"\n全部疑点的工作簿：{os.path.join(ROOT, WORKBOOK)}")
    say("核对自己的报告（check your own）：python3 start.py check 报告.docx -o 疑点.xlsx")
    return 0


def parts():  # type: () -> list[str]
    """Return what lies at the root and is imported as fusuan.*: folders of code, and the command line."""
    folders = [name for name in sorted(os.listdir(ROOT)) if os.path.exists(os.path.join(ROOT, name, "__init__.py"))]
    return [*folders, "cli.py"]


def link():  # type: () -> None
    """Have build/links/fusuan hold a link to each of them and nothing else: a package as others see it."""
    os.makedirs(LINKS, exist_ok=True)
    for name in set(os.listdir(LINKS)) - set(parts()):
        os.unlink(os.path.join(LINKS, name))
    for name in parts():
        if not os.path.lexists(os.path.join(LINKS, name)):
            link_to(os.path.join(ROOT, name), os.path.join(LINKS, name))


def link_to(target, path):  # type: (str, str) -> None
    """Make a link; on Windows a junction or a hard link, which need no rights."""
    if os.name != "nt":
        os.symlink(os.path.relpath(target, os.path.dirname(path)), path)
    elif os.path.isdir(target):
        import _winapi

        _winapi.CreateJunction(target, path)  # type: ignore[attr-defined,unused-ignore]
    else:
        os.link(target, path)


def test():  # type: () -> int
    """Run linter, type checker and tests; every one of them runs, the tests last."""
    link()
    checks = [run(PYTHON, "-m", "ruff", "check", "."), run(PYTHON, "-m", "mypy"),
              run(PYTHON, "-m", "pytest", "-q", "-n", "auto")]
    return max(checks)


def main(arguments):  # type: (list[str]) -> int
    if sys.version_info < (3, 11):  # noqa: UP036  # this is what tells an old Python
        version = ".".join(map(str, sys.version_info[:3]))
        say(OLD.format(version, version))
        return 2
    if arguments == ["lock"]:
        return lock()
    if arguments == ["links"]:
        link()
        return 0
    status = install("test" if arguments == ["test"] else "")
    if status:
        return status
    if arguments == ["test"]:
        return test()
    if arguments[:1] == ["bundle"]:
        return run(PYTHON, os.path.join("office", "bundle.py"), *arguments[1:])
    return fusuan(*arguments) if arguments else demonstrate()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
