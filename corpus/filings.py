"""Make a county's filings: N files of many units, with what must be found among them written down beside.

    python corpus/filings.py 2000 FOLDER [SEED]

.docx, .xlsx and .pdf (an eighth of them in a .zip); of all files 2 % are broken or hostile, 3 % near-copies of another unit's,
5 % resubmitted, 5 % no filings at all. FOLDER/truth.json says of each file what it is. The same N and SEED give the same files
(but for the times that .docx and .zip carry).
"""

from __future__ import annotations

import json
import random
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from pathlib import Path

BROKEN, COPIED, RESUBMITTED, FOREIGN = 0.02, 0.03, 0.05, 0.05
_HERE = "青河 白石 云溪 松岭 沙湾 南坪 北关 东湖 西塘 柳林 梅岗 竹山 金沟 银滩 石桥 双井 大营 小港 高台 平川".split()
_OFFICES = "水务局 教育局 民政局 财政局 林业局 交通局 文化馆 图书馆 档案馆 气象局 统计局 卫生院 敬老院 农技站 水文站 地震台 城管队 环卫所 体育中心 信息中心".split()
_SUBJECTS = "渠系改造 校舍维修 老人助餐 山林巡护 乡道养护 馆藏修复 雨量观测 住户调查 疫苗冷链 良种推广 路灯更换 河岸清淤 数据备份 跳绳比赛 古树挂牌".split()
_DOERS = "业务股 工程队 值班员 巡查组 志愿者 技术员 联络员 监理方 村小组 项目办".split()
_WHEN = "开春以后 汛期之前 入夏以来 三季度里 秋收时节 入冬之际 年中检查后 国庆节前 雨季结束后 寒假期间".split()
_WHERE = "在河东的几个村 在老城一带 在山后片区 沿着主干道 在新建的站点 在偏远的教学点 在集镇周边 在库区上游 在开发区内 在两县交界处".split()
_DID = "逐户登记了底册 换下了老旧的管件 补上了漏报的台账 重新丈量了地界 添置了两套仪器 改签了施工合同 把旧档案扫描入库 培训了新来的同事 核减了重复的名额 请专家看过图纸".split()
_SO = "群众反映比往年好 验收时没有返工 进度比计划早了些 仍有几处要再看 费用控制在定额以内 资料都已归档备查 遗留问题列了清单 下一步准备扩大范围 相关数据按月报送 经验在例会上交流过".split()
_SHARED = ("根据上级关于开展部门整体支出绩效自评工作的要求，我单位组织人员对照指标逐项打分。",
           "自评工作坚持客观公正、实事求是的原则，依据充分，过程完整，结论可靠。",
           "绩效目标依据部门职责和年度重点工作设定，指标细化量化，便于考核和监督。",
           "下一步将加强预算编制的科学性，强化绩效管理意识，提高资金使用效益。")


@dataclass(slots=True)
class Report:
    """A filing before it is a file."""

    unit: str
    year: int
    subject: str
    sentences: list[str]
    basic: int
    project: int
    planned: int
    wrong: bool = False
    score: int = 90

    @property
    def title(self) -> str:
        return f"{self.unit}{self.year}年度部门整体支出绩效自评报告"

    @property
    def lines(self) -> list[str]:
        rate = f"{self.project / self.planned * 100:.2f}"
        whole = self.basic + self.project
        if self.wrong:  # one digit
            whole += -1000 if whole // 1000 % 10 == 9 else 1000
        return [self.title, "一、基本情况", *_SHARED[:2],
                f"{self.year}年本年支出合计{money(whole)}，其中：基本支出{money(self.basic)}，项目支出{money(self.project)}。",
                f"{self.subject}项目预算{money(self.planned)}，实际支出{money(self.project)}，完成预算的{rate}%。",
                "二、工作开展情况", *self.sentences, "三、自评结论", f"经自评，我单位{self.year}年度整体支出绩效自评总分为{self.score}分，等级为{'优' if self.score >= 90 else '良'}。", *_SHARED[2:]]


@dataclass(slots=True)
class Filings:
    """What is made, and the truth about it."""

    folder: Path
    chance: random.Random
    truth: dict[str, dict[str, object]] = field(default_factory=dict)
    packed: dict[str, list[tuple[str, bytes]]] = field(default_factory=dict)

    def put(self, name: str, kind: str, write: Callable[[Path], object], **more: object) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
        self.truth[name] = {"kind": kind, **more}


def make(count: int, folder: Path, seed: int = 1) -> dict[str, dict[str, object]]:
    """Make so many files below `folder`; return what each is."""
    chance = random.Random(seed)
    made = Filings(folder, chance)
    shares = {kind: max(1, round(count * share)) for kind, share in
              (("broken", BROKEN), ("copy", COPIED), ("again", RESUBMITTED), ("foreign", FOREIGN))}
    units = _units(count)
    reports = [_report(chance, units[at], at) for at in range(count - sum(shares.values()))]
    for at, report in enumerate(reports):
        _file(made, report, at)
    order = chance.sample(range(len(reports)), shares["copy"] + shares["again"])
    _copies(made, reports, order[:shares["copy"]], units[len(reports):])
    _again(made, reports, order[shares["copy"]:])
    for at in range(shares["broken"]):
        _broken(made, at)
    for at in range(shares["foreign"]):
        _foreign(made, units[chance.randrange(len(reports))], at)
    _pack(made)
    (folder.parent / f"{folder.name}.truth.json").write_text(json.dumps(made.truth, ensure_ascii=False, indent=1), encoding="utf-8")
    return made.truth


def money(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}万元"


def _units(count: int) -> list[str]:
    """So many names of units, none a part of another."""
    names = [f"{a}县{b}镇{c}" if a != b else f"{a}县{c}" for a, c, b in product(_HERE, _OFFICES, _HERE)]
    return names[:count]


def _report(chance: random.Random, unit: str, at: int) -> Report:
    subject = chance.choice(_SUBJECTS)
    sentences = list(dict.fromkeys(_sentence(chance) for _ in range(14)))
    return Report(unit, 2023, subject, sentences, chance.randrange(20000, 90000), chance.randrange(5000, 30000),
                  chance.randrange(30000, 40000), at % 10 == 3, chance.randrange(80, 100))


def _sentence(chance: random.Random) -> str:
    parts = [chance.choice(words) for words in (_WHEN, _SUBJECTS, _DOERS, _WHERE, _DID, _SO)]
    return f"{parts[0]}，{parts[1]}的{parts[2]}{parts[3]}{parts[4]}，{parts[5]}。"


def _file(made: Filings, report: Report, at: int) -> None:
    form = "docx" if at % 10 < 6 else "xlsx" if at % 10 < 8 else "pdf"
    _write(made, f"{report.unit}/{report.title}.{form}", report, "report", broken=report.wrong)


def _write(made: Filings, name: str, report: Report, kind: str, **more: object) -> None:
    if made.chance.random() < 0.125 and name.endswith("docx"):
        archive, inner = f"{report.unit}/材料.zip", name.rpartition("/")[2]
        made.packed.setdefault(archive, []).append((inner, _bytes(report)))
        made.truth[f"{archive}/{inner}"] = {"kind": kind, **more}
        return
    made.put(name, kind, lambda path: WRITERS[path.suffix](path, report), **more)


def _copies(made: Filings, reports: list[Report], chosen: list[int], units: list[str]) -> None:
    """One unit's report under another's name, its figures new, the first one's name left in once."""
    for number, at in enumerate(chosen):
        old, unit = reports[at], units[number]
        left = f"以上各项由{old.unit}办公室汇总后报送，数据均有台账可查。"
        new = Report(unit, old.year, old.subject, [*old.sentences[:10], left], made.chance.randrange(20000, 90000),
                     made.chance.randrange(5000, 30000), made.chance.randrange(30000, 40000))
        old_name = next(name for name in made.truth if name.rpartition("/")[2].startswith(old.title))
        _write(made, f"{unit}/{new.title}.docx", new, "copy", of=old_name)


def _again(made: Filings, reports: list[Report], chosen: list[int]) -> None:
    """A corrected filing beside the first: one amount changed."""
    for at in chosen:
        old = reports[at]
        new = Report(old.unit, old.year, old.subject, old.sentences, old.basic + 100, old.project, old.planned)
        old_name = next(name for name in made.truth if name.rpartition("/")[2].startswith(old.title))
        made.put(f"{old.unit}/{old.title}（更正）.docx", "again", partial(_docx, lines=new.lines), of=old_name)


def _broken(made: Filings, at: int) -> None:
    """A file that cannot be read: cut short, empty, not what its name says, a bomb."""
    kinds: tuple[tuple[str, bytes], ...] = (
        ("docx", b"PK\x03\x04" + bytes(200)), ("pdf", b"%PDF-1.7\n1 0 obj<</Type/Catalog"), ("xlsx", b""), ("doc", b"\xd0\xcf\x11\xe0" + bytes(600)))
    suffix, data = kinds[at % len(kinds)]
    data += str(at).encode() if data else b""
    made.put(f"损坏/第{at}份.{suffix}", "broken" if data or at < len(kinds) else "duplicate", lambda path: path.write_bytes(data))


def _foreign(made: Filings, unit: str, at: int) -> None:
    if at % 2:
        made.put(f"{unit}/现场照片{at}.jpg", "foreign", lambda path: path.write_bytes(b"\xff\xd8\xff\xe0" + str(at).encode()))
        return
    lines = [f"关于召开第{at}次例会的通知", f"定于本月下旬在{unit}三楼召开例会，请各股室负责人准时参加，自备茶杯。"]
    made.put(f"{unit}/关于召开第{at}次例会的通知.docx", "foreign", lambda path: _docx(path, lines))


def _pack(made: Filings) -> None:
    for name, members in made.packed.items():
        path = made.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for inner, data in members:
                archive.writestr(inner, data)
        made.truth[name] = {"kind": "archive"}


def _bytes(report: Report) -> bytes:
    from io import BytesIO

    held = BytesIO()
    _docx(held, report.lines)
    return held.getvalue()


def _docx(target: Path | object, lines: list[str]) -> None:
    from docx import Document

    document = Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(target) if isinstance(target, Path) else target)  # type: ignore[arg-type]


def _xlsx(path: Path, lines: list[str]) -> None:
    from xlsxwriter import Workbook

    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("自评报告")
        sheet.set_column(0, 0, 100)
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line)


def _pdf(path: Path, lines: list[str]) -> None:
    path.write_bytes(raw_pdf([*_paged(lines)]))


def _paged(lines: list[str]) -> Iterator[list[str]]:
    yield from (lines[at:at + 24] for at in range(0, len(lines), 24))


def raw_pdf(pages: list[list[str]]) -> bytes:
    """Write lines of Chinese text with a font that every reader knows by name."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
               b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
               b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
               b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>"]
    for number, lines in enumerate(pages):
        cut = [text[at:at + 44] for text in lines for at in range(0, len(text), 44)]
        shown = " ".join(f"<{text.encode('utf-16-be').hex()}> Tj T*" for text in cut)
        stream = f"BT /F 10 Tf 14 TL 60 780 Td {shown} ET".encode()
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
                       f"/Contents {6 + 2 * number} 0 R>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    places = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, places, len(objects) + 1, len(out)))


WRITERS: dict[str, Callable[[Path, Report], None]] = {
    ".docx": lambda path, report: _docx(path, report.lines), ".xlsx": lambda path, report: _xlsx(path, report.lines),
    ".pdf": lambda path, report: _pdf(path, report.lines)}


if __name__ == "__main__":
    made = make(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    print(f"{len(made)} files in {sys.argv[2]}")
