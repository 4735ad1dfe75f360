"""The rules, one literal ordered tuple. One rule = one id, one small function, one docstring that explains it."""

from __future__ import annotations

from generator.rules import arithmetic, cells, continuity, forms, indicators, plausibility, rollup, structure
from generator.rules.rule import CollectionRule, Rule

RULES: tuple[Rule, ...] = (
    *forms.RULES,
    *structure.RULES,
    *cells.RULES,
    *arithmetic.RULES,
    *indicators.RULES,
    *plausibility.RULES,
    *continuity.RULES,
)

# Rules on all reports together, run once at the end on what was gathered.
COLLECTION_RULES: tuple[CollectionRule, ...] = (*rollup.COLLECTION_RULES,)

ALL_RULES: tuple[Rule | CollectionRule, ...] = (*RULES, *COLLECTION_RULES)
