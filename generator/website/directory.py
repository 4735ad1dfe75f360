"""The organs of the section and their reports, as the pages link to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from generator.collection.settings import Legacy, Organ, Settings
from generator.collection.summary import ReportSummary
from generator.report.entry import ReportRef
from generator.website.views import EntryView, LabelledValue
from generator.website.words import Words


class Directory:
    """Finds organs by id, and the original pages of reports that are not among `refs`, the reports being built."""

    def __init__(self, settings: Settings, refs: Sequence[ReportRef], words: Words) -> None:
        self.listed, self.words = settings.organs, words
        self.organs = {organ.id: organ for organ in settings.organs}
        self.parents = frozenset(organ.parent for organ in settings.organs if organ.parent)
        self.excuses = {(item.year, item.organ): item.reason for item in settings.excuses}
        self._ranks = {level: rank for rank, level in enumerate(dict.fromkeys(o.level for o in settings.organs))}
        self._shorts = Counter(organ.short for organ in settings.organs)
        built = {(ref.year, ref.organ) for ref in refs}
        self.originals: dict[str, list[Legacy]] = {}
        for original in settings.legacy:
            if (original.year, original.organ) not in built:
                self.originals.setdefault(original.organ, []).append(original)

    def organ(self, organ_id: str, year: int = 0) -> Organ:
        """The organ, by the name of a year where one is given; one that organs.yaml does not list goes by its id."""
        known = self.organs.get(organ_id)
        if known is not None:
            return known.named_in(year) if year else known
        return Organ(organ_id, organ_id, organ_id, "", "", "", "", "")

    def formerly(self, organ: Organ) -> str:
        """Says what an organ was called before, the latest name first; "" where it always bore its name."""
        names = self.words("page.comma").join(name for _, name in reversed(organ.former))
        return self.words("organ.formerly", names=names) if names else ""

    def rank(self, level: str) -> int:
        """The place of a level in the order in which organs.yaml first names it."""
        return self._ranks.get(level, len(self._ranks))

    def level(self, level: str) -> str:
        """The name of a level where figures or reports are counted by level; organs may be listed without one."""
        return level or self.words("page.no_level")

    def levels(self, organs: Iterable[Organ]) -> str:
        """Names the levels of some organs, each once, in their order."""
        return self.words("page.comma").join(map(self.level, dict.fromkeys(organ.level for organ in organs)))

    def short(self, organ: Organ) -> str:
        """The short name of an organ; its full name where another goes by the same short one."""
        return organ.short if self._shorts[organ.short] < 2 else organ.name

    def group(self, organ: Organ) -> str:
        """The district that an organ belongs to: the one above it, or itself."""
        return self.short(self.organ(organ.parent) if organ.parent else organ)

    def entry(self, root: str, summary: ReportSummary) -> EntryView:
        """Describes a report built here; `root` leads from the page to the section's top."""
        organ = self.organ(summary.organ, summary.year)
        mark = self.words("page.draft") if summary.draft else ""
        return EntryView(
            summary.year,
            organ.name + mark,
            organ.level,
            self.title(summary.year, organ, summary.title),
            f"{root}{summary.year}/{summary.organ}/index.html",
            False,
            summary.published,
            tuple(figure.text for figure in summary.figures if figure.listed),
            mark,
        )

    def original(self, item: Legacy, width: int = 0) -> EntryView:
        """Describes a report on its original page, with `width` empty figures to fill its row."""
        organ = self.organ(item.organ, item.year)
        mark = self.words("page.unread") if not self.leads_out(item) else ""
        title = self.title(item.year, organ, item.title)
        empty, published = ("",) * width, item.published
        return EntryView(item.year, organ.name + mark, organ.level, title, item.url, not mark, published, empty, mark)

    @staticmethod
    def leads_out(item: Legacy) -> bool:
        """Tells whether a report on another page is one of the portal, not one that cannot be read at present."""
        return not item.url.startswith("/")

    def keep_unread(self, ref: ReportRef, has_page: bool) -> None:
        """Lists a report that cannot be read at present, with a mark, by its last good page; only in previews, which
        are served from the top."""
        page = f"/{ref.folder}/index.html" if has_page else f"/{ref.year}/index.html"
        self.originals.setdefault(ref.organ, []).append(
            Legacy(ref.organ, ref.year, self.organ(ref.organ, ref.year).name + self.words("page.unread"), page, "")
        )

    def title(self, year: int, organ: Organ, printed: str) -> str:
        """The title of a report: as printed, on pages in another language in that language."""
        if self.words.lang == "zh":
            return printed
        return self.words("listing.title", organ=organ.name, year=year)


def key_figures(
    summary: ReportSummary, words: Words, before: Mapping[str, str] = MappingProxyType({})
) -> tuple[LabelledValue, ...]:
    """The figures shown at the head of a report, beside those of the year `before` (by name) that may be compared with
    them; figures that cannot be computed are left out."""
    return tuple(
        LabelledValue(
            words.term(figure.name),
            figure.text,
            words.unit(figure.unit, figure.name, figure.text),
            before.get(figure.name, ""),
        )
        for figure in summary.figures
        if figure.text and figure.headline
    )
