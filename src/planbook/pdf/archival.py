"""What makes a file PDF/A-2a (ISO 19005-2, to be kept) and PDF/UA-1 (ISO 14289-1, accessible) at once."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint.css import ColorProfile
from weasyprint.document import DocumentMetadata

if TYPE_CHECKING:
    import datetime as dt

VARIANT = "pdf/a-2a"
# Not WeasyPrint's own name ("srgb"): with that it opens its file of the profile and leaves it open.
COLOURS = "sRGB2014"

# Where WeasyPrint puts the profile of the colours and the colour spaces that it makes of it. Pages name both before
# there is a file; `Binder` sees to it that they are there.
PROFILE = b"3 0 R"
COLOUR_SPACE = b"4 0 R"

# PDF/A allows a property outside its own list, such as PDF/UA's `part`, only with a description of its schema
# (ISO 19005-2, 6.6.2.3).
_PDF_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class ArchivalMetadata(DocumentMetadata):  # type: ignore[misc]  # WeasyPrint ships no types
    """Who made what, and when: the same in the document information and in the XMP."""

    def __init__(self, *, title: str, author: str, subject: str, date: dt.date | None) -> None:
        # With a time and its zone the date means one and the same in XMP and in PDF, wherever the file is made.
        made = date and f"{date.isoformat()}T00:00:00+09:00"
        super().__init__(
            title=title,
            authors=[author],
            description=subject or None,
            generator="planbook",
            created=made,
            modified=made,
            lang="ja",
        )

    def include_in_pdf(self, pdf: Any, variant: str, version: int, conformance: str, compress: bool) -> None:  # noqa: ARG002, FBT001 - WeasyPrint's signature
        # Plain, so that archives can read it without decompressing (ISO 19005-2 recommends it).
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        end = b"</rdf:RDF>"
        rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
        return rdf.removesuffix(end) + _PDF_UA + end


def colour_profiles() -> dict[str, Any]:
    """Return what tells a printer which colours are meant (ISO 19005-2, 6.2.3).

    New for each file that is written: the data of a profile are others once its name has been read.
    """
    with (files("weasyprint.pdf") / "sRGB2014.icc").open("rb") as file:
        profile = ColorProfile(file, "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    profile.pdf_reference = PROFILE
    return {COLOURS: profile}


def label_pages(pdf: Any, front: int) -> None:
    """Number the first `front` pages i, ii, iii… and those after them 1, 2, 3…, as viewers show it."""
    labels = pydyf.Array()
    if front:
        labels.extend([0, pydyf.Dictionary({"S": "/r"})])
    labels.extend([front, pydyf.Dictionary({"S": "/D"})])
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": labels})
