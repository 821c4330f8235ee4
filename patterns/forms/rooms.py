"""What each group of a form leaves for its members: where they stand against what the groups around them print."""

from __future__ import annotations

from decimal import Decimal

from fusuan.patterns.forms.form import Form, Node
from fusuan.patterns.forms.marks import earned_of, fund_weight, parts_of, weight_of


class Rooms:
    """What each group leaves for its members; the sums are worked out once a group, so that the cost stays linear."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.taken: dict[int, tuple[Decimal, bool]] = {}

    def left(self, node: Node, above: Node | None) -> Decimal | None:
        """What is left for a member: the group's mark (the hundred, less the funds block) less that of the others.

        None where the group or another member has no mark.
        """
        if above is not None:
            whole = above.weight.value if above.weight is not None else None
        else:
            fund = fund_weight(self.form)
            whole = 100 - fund.value if fund is not None else None
        taken, known = self._taken(above)
        if whole is None or not known or node.weight is None:
            return None
        return whole - (taken - node.weight.value)

    def _taken(self, above: Node | None) -> tuple[Decimal, bool]:
        key = id(above)
        if key not in self.taken:
            weights = [weight_of(child) for child in (above.children if above is not None else self.form.nodes)]
            self.taken[key] = (sum((w for w in weights if w is not None), Decimal(0)), None not in weights)
        return self.taken[key]

    def culprit(self, node: Node) -> bool:
        """Tell whether a member's own members contradict its mark, though they fit what this group leaves for it."""
        for child in node.children:
            if child.weight is None or not child.children:
                continue
            parts, _ = parts_of(child)
            own = sum((part.value for part in parts or earned_of([child])), Decimal(0))
            if own != child.weight.value and self.left(child, node) == own:
                return True
        return False
