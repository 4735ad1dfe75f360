"""Reports what a PDF reader left behind."""

from __future__ import annotations

from generator.readers.pdf import read
from tests.readers.pdf_samples import pdf, text
from tests.readers.samples import LIMITS, rules


def test_comments_scripts_attachments_and_forms_are_told() -> None:
    extra = "/Names << /JavaScript << >> /EmbeddedFiles << >> >> /AcroForm << /Fields [1 0 R] >>"
    remark = "/Annots [<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (check) >>]"
    document = read(pdf(text(74, 100, "正文"), extra=extra, annots=remark), "a.pdf", LIMITS)
    assert {"IMP-COMMENT", "IMP-MACRO", "IMP-EMBEDDED"} <= rules(document)
