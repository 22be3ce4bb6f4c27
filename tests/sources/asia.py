"""Recorded documents of the sources of Asia and Oceania, under the addresses that their readers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from advisoryd.model.reading import Document, Finding, Parsed, Reader
from advisoryd.model.record import Item, Record
from advisoryd.model.secret import plain
from advisoryd.model.source import Source
from advisoryd.sources import catalogue, jp_mofa, kr_mofa

GOLDEN = Path(__file__).parent / "golden"
SERVICE_KEY = "a1+b2/c3=="
NZ = "https://www.safetravel.govt.nz"
SG = "https://www.mfa.gov.sg"
SG_PAGES = f"{SG}/travelling-overseas/travel-advisories-notices-and-visa-information"
IN = "https://www.mea.gov.in"
CN_MOE = "https://jsj.moe.gov.cn"


@dataclass(frozen=True, slots=True)
class Case:
    """A recorded reading: files by address, the endpoints' first, and what they mean in ``answer``."""

    source: str
    files: Mapping[str, str]
    answer: str = "reading.json"
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def reader(self) -> Reader:
        """The reader with its options."""
        return small(self.source, **self.options)

    def documents(self) -> list[Document]:
        """The documents of the reading."""
        return [Document(url, self.body(name)) for url, name in self.files.items()]

    def body(self, name: str) -> bytes:
        """The bytes of one file."""
        return (GOLDEN / self.source / name).read_bytes()


CASES = (
    Case(
        "nz-safetravel",
        {f"{NZ}/sitemap.xml": "sitemap.xml"}
        | {f"{NZ}/destinations/{slug}": f"{slug}.html" for slug in ("nepal", "oman", "lebanon")},
    ),
    Case(
        "tw-boca",
        {
            "https://www.boca.gov.tw/sp-trwa-rss-1.xml": "feed.xml",
            "https://www.boca.gov.tw/sp-trwa-list-1.html": "list.html",
        },
    ),
    Case(
        "kr-mofa",
        {
            kr_mofa.ALARMS: "alarms.json",
            kr_mofa.SPECIAL: "special.json",
            kr_mofa.COUNTRIES: "countries.html",
            kr_mofa.HISTORY: "history.json",
        },
        options={"service_key": plain(SERVICE_KEY)},
    ),
    Case(
        "kr-mofa",
        {kr_mofa.COUNTRIES: "countries.html", kr_mofa.NOTICES: "notices.json"}
        | {
            f"{kr_mofa.SITE}/ntnSafetyInfo/{number}/detail": f"page-{name}.html"
            for number, name in ((60, "israel"), (166, "uganda"), (128, "spain"))
        },
        answer="reading-without-key.json",
    ),
    Case(
        "sg-mfa",
        {
            f"{SG}/sitemap.xml": "sitemap.xml",
            f"{SG_PAGES}/islamic-republic-of-iran/": "iran.html",
            f"{SG_PAGES}/kingdom-of-thailand/": "thailand.html",
            f"{SG_PAGES}/japan/": "japan.html",
        },
    ),
    Case(
        "in-mea",
        {f"{IN}/travel-advisories.htm": "list.html"}
        | {f"{IN}/advisories-details.htm?{number}": f"notice-{number}.html" for number in (90011, 90010)},
    ),
    Case(
        "cn-moe",
        {f"{CN_MOE}/": "list.html"}
        | {f"{CN_MOE}/n2/2/2/{number}.shtml": f"{number}.html" for number in (2060, 2035, 2001)},
    ),
    Case("cn-mct", {"https://www.mct.gov.cn/ggfw/cxts/": "list.html"}),
    Case("cn-embassy-jp", {"https://jp.china-embassy.gov.cn/lsfw_0/lstx_138409/": "list.html"}),
    Case("id-kemlu", {"https://safetravel.kemlu.go.id/api/country-info": "countries.json"}),
    Case(
        "jp-mofa",
        {jp_mofa.INDEX: "index.html"}
        | {
            f"https://www.anzen.mofa.go.jp{jp_mofa.PAGES}{number}.html": f"page-{name}.html"
            for number, name in (("010", "nepal"), ("051", "armenia"), ("175", "france"), ("189", "croatia"))
        },
        answer="register.json",
    ),
)


def configured(source_id: str, **options: object) -> Source:
    """The catalogue's entry with more options."""
    source = catalogue.entries()[source_id]
    return replace(source, options={**source.options, **options})


def small(source_id: str, **options: object) -> Reader:
    """The reader of a source, with a list of any length believed."""
    reader: Any = catalogue.reader_for(configured(source_id, **options))
    found: Reader = replace(reader, contract=replace(reader.contract, min_rows=1))
    return found


@dataclass(frozen=True, slots=True)
class Heard:
    """All that a reading says."""

    records: tuple[Record, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]


def hear(reader: Reader, documents: Iterable[Document]) -> Heard:
    """Read documents and join their pieces, the endpoints' first."""
    parsed = [reader.parse(document) for document in documents]
    return Heard(
        records=joined(reader, parsed),
        items=tuple(item for one in parsed for item in one.items),
        findings=tuple(finding for one in parsed for finding in one.findings),
    )


def joined(reader: Reader, parsed: Iterable[Parsed]) -> tuple[Record, ...]:
    """The records of what was parsed."""
    held = list(parsed)
    keys = dict.fromkeys(key for one in held for key in one.pieces)
    return tuple(
        record for key in keys for record in reader.records(key, [one.pieces[key] for one in held if key in one.pieces])
    )
