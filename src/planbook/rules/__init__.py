"""The rules: each reads the plan and yields findings; none changes anything.

To add a rule: write a generator decorated with `@rule` in the module of its subject; a new module is imported below.
"""

from planbook.rules import departments, identifiers, relistings, years
from planbook.rules.registry import RULES

__all__ = ["RULES", "departments", "identifiers", "relistings", "years"]
