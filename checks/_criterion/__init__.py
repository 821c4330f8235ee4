"""A scoring rule printed as text (评分标准), read into a function from the measured value to the marks.

>>> rule = parse("预算完成率100%计满分，每低于5%扣2分，扣完为止。")
>>> for mark, formula, reading in rule.marks(Decimal("93"), Decimal(8)).readings:
...     print(mark, "|", formula, "|", reading)
6 | 8 - 1 × 2 | (100 - 93) ÷ 5 = 1.4，计1档，不足一档的不计
5.2 | 8 - (100 - 93) ÷ 5 × 2 | 不足一档的按比例
4 | 8 - 2 × 2 | (100 - 93) ÷ 5 = 1.4，计2档，不足一档的按一档计
>>> print(parse("视情节酌情扣分").reason)
评分标准由评价人酌情掌握（“视情节酌情扣分”），没有可复算的数值
"""

from decimal import Decimal

from fusuan.checks._criterion._build import parse
from fusuan.checks._criterion._criterion import Criterion, Grade, Refusal
from fusuan.checks._criterion._marks import Marks

__all__ = ["Criterion", "Decimal", "Grade", "Marks", "Refusal", "parse"]
