"""Lists the rules in order. One rule is one id, one small function and one docstring that explains it."""

from __future__ import annotations

from generator.rules import (
    arithmetic,
    cells,
    continuity,
    corrections,
    coverage,
    crosstext,
    doubled,
    duplication,
    fees,
    forms,
    glued,
    indicators,
    names,
    narrative_denials,
    narrative_figures,
    narrative_rates,
    narrative_shares,
    narrative_sums,
    narrative_words,
    period,
    plain_sense,
    plausibility,
    portal,
    privacy,
    punctuation,
    references,
    residue,
    rollup,
    structure,
    wording,
    years,
)
from generator.rules.rule import CollectionRule, Rule

RULES: tuple[Rule, ...] = (
    *forms.RULES,
    *structure.RULES,
    *glued.RULES,
    *cells.RULES,
    *arithmetic.RULES,
    *indicators.RULES,
    *fees.RULES,
    *plausibility.RULES,
    *continuity.RULES,
    *privacy.RULES,
    *names.RULES,
    *residue.RULES,
    *wording.RULES,
    *doubled.RULES,
    *punctuation.RULES,
    *period.RULES,
    *crosstext.RULES,
    *years.RULES,
    *references.RULES,
    *corrections.RULES,
    *coverage.RULES,
    *duplication.RULES,
    *portal.RULES,
    *narrative_figures.RULES,
    *narrative_shares.RULES,
    *narrative_sums.RULES,
    *narrative_rates.RULES,
    *narrative_denials.RULES,
    *plain_sense.RULES,
    *narrative_words.RULES,
)

# Rules on all reports together, run once at the end on the facts of the collection.
COLLECTION_RULES: tuple[CollectionRule, ...] = (*rollup.COLLECTION_RULES, *duplication.COLLECTION_RULES)

ALL_RULES: tuple[Rule | CollectionRule, ...] = (*RULES, *COLLECTION_RULES)
