"""Which parts of LibreOffice are there: a machine may have it without Calc, and tests that need a part skip then."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan.extract._libreoffice import program


def has(part: str) -> bool:
    """Tell whether its library "sc" (Calc) or "sw" (Writer) lies beside the program, or where macOS keeps it."""
    found = program()
    if found is None:
        return False
    home = Path(found).resolve().parent
    return any(path.exists() for path in (home / f"lib{part}lo.so", home / f"{part}lo.dll",
                                          home.parent / "Frameworks" / f"lib{part}lo.dylib"))


needs_writer = pytest.mark.skipif(not has("sw"), reason="LibreOffice Writer is not installed")
needs_calc = pytest.mark.skipif(not has("sc"), reason="LibreOffice Calc is not installed")
