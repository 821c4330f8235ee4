"""fusuan（复算）的命令行：只做组装，命令在 commands/ 里，用到时才加载。"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

if __name__ in ("__main__", "__mp_main__"):  # run from a checkout: the folders beside this file are the package
    _package = ModuleType("fusuan")
    _package.__path__ = [str(Path(__file__).parent)]
    sys.modules["fusuan"] = _package

VERSION = "0.1.0"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    from fusuan import commands  # a worker loads this module too, and needs no commands

    return commands.run(arguments, VERSION)


if __name__ == "__main__":
    raise SystemExit(main())
