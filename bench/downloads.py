"""What Word, PDF and Excel of each report cost, beside the build without them and beside LibreOffice.

    python bench/downloads.py --size 1000 --repeat 2

The same content is built from nothing with and without these files, in turn; then one figure is edited and both sites
are built again. The pages that Typst sets are timed beside LibreOffice, which converts the Word files of the same
reports, all in one call.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench import measure, workload
from bench.measure import Cost
from bench.peers import ROOT, workplace
from generator.collection.folder import scan
from generator.collection.office import open_office
from generator.website.downloads.manuscript import manuscript
from generator.website.downloads.pdf import pdf
from generator.website.downloads.word import docx
from generator.website.words import load_words

COLD, EDITED, OFFICE = 3.0, 1.0, 0.1
_NONE = "下载: []\n"


def _content(folder: Path, size: int, files: bool) -> Path:
    workload.write_content(folder, size)
    site = folder / "site.yaml"
    text = site.read_text(encoding="utf-8")
    assert _NONE in text, "mend bench/downloads.py: the workload chooses its downloads elsewhere now"
    site.write_text(text.replace(_NONE, "下载: [Word, PDF, Excel]\n") if files else text, encoding="utf-8")
    return folder


def _build(content: Path, output: Path) -> Cost:
    command = [sys.executable, "-m", "generator", "build", "--content", str(content), "--output", str(output)]
    return measure.run(command, ROOT)


def _best(costs: list[Cost]) -> Cost:
    return Cost(min(cost.wall for cost in costs), min(cost.cpu for cost in costs))


def _ms(cost: Cost) -> str:
    return f"{cost.wall * 1000:.0f} ms (CPU {cost.cpu * 1000:.0f})"


def _verdict(what: str, value: float, limit: float) -> str:
    return f"{'met   ' if value <= limit else 'MISSED'} {what}: {value:.3f} (at most {limit})"


def built(size: int, repeat: int, work: Path) -> None:
    """Prints what the files cost a cold build, and a build after one edit."""
    contents = {files: _content(work / f"content-{files}", size, files) for files in (False, True)}
    cold: dict[bool, list[Cost]] = {False: [], True: []}
    for number in range(repeat):
        for files in (number % 2 == 1, number % 2 == 0):
            cold[files].append(_build(contents[files], work / f"site-{number}-{files}"))
    without, with_ = _best(cold[False]), _best(cold[True])
    print(f"{size} reports, cold: without {without.wall:.2f} s (CPU {without.cpu:.2f}), ", end="")
    print(f"with {with_.wall:.2f} s (CPU {with_.cpu:.2f})")
    print(_verdict("cold with ÷ without, wall", with_.wall / without.wall, COLD))
    print(f"       CPU {with_.cpu / without.cpu:.3f}; {(with_.cpu - without.cpu) / size * 1000:.1f} ms CPU a report")
    edited = {}
    for files, content in contents.items():
        file = content / workload.EDITED / "tables.yaml"
        time.sleep(2.1)  # a file edited in the moment of a build proves nothing to the next one
        file.write_text(workload.edited(file.read_text(encoding="utf-8")), encoding="utf-8")
        edited[files] = _build(content, work / f"site-0-{files}")
    print(f"edited: without CPU {edited[False].cpu:.2f} s, with CPU {edited[True].cpu:.2f} s")
    print(_verdict("files after one edit, CPU s", edited[True].cpu - edited[False].cpu, EDITED))


def beside_office(count: int, work: Path) -> None:
    """Prints the time of a PDF by Typst beside LibreOffice's of the same Word file."""
    content = _content(work / "office", 5 * (count // 5 + 1), False)
    office, words = open_office(content), load_words()
    printed = []
    for ref in scan(content)[0][:count]:
        entry, organ = office.read(ref)[0], office.settings.organ(ref.organ)
        assert entry is not None and organ is not None
        printed.append(manuscript(entry, organ, words))
    folder = work / "word"
    folder.mkdir()
    for number, report in enumerate(printed):
        (folder / f"{number}.docx").write_bytes(docx(report, words))
    started, cpu = time.perf_counter(), time.process_time()
    sizes = [len(pdf(report, words)) for report in printed]
    typst = Cost((time.perf_counter() - started) / count, (time.process_time() - cpu) / count)
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(work / "made")]
    measure.run([*command, str(folder / "0.docx")], ROOT)  # the first start makes the profile
    whole = measure.run([*command, *(str(folder / f"{number}.docx") for number in range(count))], ROOT)
    alone = measure.run([*command, str(folder / "0.docx")], ROOT)
    print(f"PDF of {count} reports, {sum(sizes) // count // 1024} KB each; a report takes Typst {_ms(typst)},")
    print(f"LibreOffice {_ms(Cost(whole.wall / count, whole.cpu / count))} in one call, {_ms(alone)} in its own")
    for how, cost in (("all in one call", Cost(whole.wall / count, whole.cpu / count)), ("a call each", alone)):
        print(_verdict(f"Typst ÷ LibreOffice, {how}, wall", typst.wall / cost.wall, OFFICE))
        print(f"       CPU {typst.cpu / cost.cpu:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=1000, help="number of reports")
    parser.add_argument("--repeat", type=int, default=2, help="cold builds of each kind; the best counts")
    parser.add_argument("--office", type=int, default=20, help="reports that LibreOffice converts; 0 for none")
    asked = parser.parse_args()
    print(f"load average at start: {' '.join(f'{load:.2f}' for load in os.getloadavg())} on {os.cpu_count()} cores")
    try:
        with workplace() as work:
            if asked.size:
                built(asked.size, asked.repeat, work)
            if asked.office:
                beside_office(asked.office, work)
    except measure.Failed as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
