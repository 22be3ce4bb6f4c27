"""How well and how quickly news is read, beside a reader of keywords: ``python benchmarks/news.py [LABELLED.jsonl]``.

Without a file, the sentences of ``tests/news/items`` are read. A line of a file is an item with its ``label``:
``{"id", "lang", "title", "summary", "published", "outlet", "label": {"is_advisory", "issuer", "destinations", "level",
"event", "event_id", "reasons", "leave"}}``. Roles, level, happening and reasons are compared on the advice that was
recognised.
"""

from __future__ import annotations

import argparse
import json
import tracemalloc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, cycle, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from advisoryd import places
from advisoryd.news import read
from advisoryd.news.predict import news_item, predictions

Row = dict[str, Any]

KEYWORDS = {
    "en": ["travel advisory", "travel warning", "travel alert", "travel advice", "do not travel", "avoid travel"],
    "de": ["reisewarnung", "reisehinweis", "rät von reisen", "vor reisen"],
    "fr": ["conseils aux voyageurs", "déconseille", "avis aux voyageurs", "avertissement de voyage"],
    "es": ["alerta de viaje", "aviso de viaje", "no viajar", "evitar viajar"],
    "pt": ["alerta de viagem", "aviso de viagem", "evitem viajar", "evitar viagens"],
    "it": ["sconsiglia", "avviso di viaggio", "allerta viaggi"],
    "nl": ["reisadvies", "reiswaarschuwing"],
    "ru": ["воздержаться от поездок", "не ездить", "рекомендации по поездкам"],
    "ar": ["تحذير السفر", "السفر إلى", "تجنب السفر"],
    "zh": ["旅遊警示", "旅行警告", "避免前往", "暂勿前往", "暫勿前往", "旅行预警"],
    "ja": ["渡航自粛", "渡航中止", "危険情報", "退避勧告"],
    "ko": ["여행경보", "여행 자제", "여행금지", "여행주의보"],
}
"""The commonest names of travel advice: what a search for it would be made with."""

SENTENCES = Path(__file__).parents[1] / "tests" / "news" / "items"
COLUMNS = ("verdict", "issuer", "destinations", "level", "event", "home", "title", "summary")

FIELDS = ("issuer", "destinations", "level", "event", "leave")


def main() -> None:
    arguments = argparse.ArgumentParser(description="Figures for the reading of labelled news.")
    arguments.add_argument("file", type=Path, nargs="?", help="labelled items, one JSON object a line")
    arguments.add_argument("--items", type=int, default=20_000, help="items read for the speed (default 20000)")
    arguments.add_argument("--misses", action="store_true", help="list the items that were judged wrongly")
    given = arguments.parse_args()
    rows = labelled(given.file) if given.file else sentences()
    for name, reader in (("reader of this floor", predictions), ("reader of keywords", by_keywords)):
        predicted = {row["id"]: row for row in reader(unlabelled(rows))}
        report(name, rows, predicted)
        if given.misses and reader is predictions:
            show_misses(rows, predicted)
    speed(rows, given.items)


def labelled(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def sentences() -> list[Row]:
    """The sentences that the tests read. They bear no dates, and nobody has said which are about one act."""
    return [
        sentence(f"{file.stem}-{number}", file.stem, dict(zip(COLUMNS, line.split("\t"), strict=True)))
        for file in sorted(SENTENCES.glob("*.tsv"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


def sentence(name: str, language: str, told: dict[str, str]) -> Row:
    label = {
        "is_advisory": told["verdict"] == "+",
        "issuer": [code for code in told["issuer"].split(",") if code],
        "destinations": [code for code in told["destinations"].split(",") if code],
        "level": int(told["level"]) if told["level"].isdigit() else None,
        "event": told["event"] or None,
        "event_id": None,
    }
    outlet = f"sentences.{told['home'].lower()}" if told["home"] else ""
    return {"id": name, "lang": language, "title": told["title"], "summary": told["summary"], "outlet": outlet} | {
        "label": label
    }


def unlabelled(rows: Iterable[Row]) -> list[Row]:
    return [{name: value for name, value in row.items() if name != "label"} for row in rows]


def by_keywords(rows: Iterable[Row]) -> Iterator[Row]:
    """Advice is what holds a keyword; the first place speaks about the second."""
    for row in rows:
        text = f"{row['title']}\n{row.get('summary') or ''}"
        language = str(row["lang"]).split("-")[0]
        found = any(word in text.lower() for word in KEYWORDS.get(language, []))
        named = list(dict.fromkeys(mention.place for mention in places.mentions(text, language)))
        yield {
            "id": row["id"],
            "is_advisory": found,
            "issuer": named[:1],
            "destinations": named[1:2],
            "level": 3,
            "event": "issued",
            "reasons": [],
            "leave": False,
            "event_id": "-".join(named[:2]),
        }


def report(name: str, rows: Sequence[Row], predicted: dict[str, Row]) -> None:
    print(f"\n{name}\n{'-' * len(name)}")
    print(f"{'advice or not':<22}{rates(*counted(rows, predicted))}")
    by_language: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_language[row["lang"]].append(row)
    for language, some in sorted(by_language.items(), key=lambda pair: -len(pair[1])):
        print(f"  {language:<5}{len(some):>5} items    {rates(*counted(some, predicted))}")
    right = [(row["label"], predicted[row["id"]]) for row in rows if told(row, predicted) == "tp"]
    for field in (field for field in FIELDS if all(field in label for label, _ in right)):
        print(f"{field:<22}{share([same(label[field], guess[field]) for label, guess in right])}")
    if any("reasons" in label for label, _ in right):
        print(f"{'reasons':<22}{rates(*reasons(right))}")
    if any(row["label"]["event_id"] for row in rows):
        print(f"{'same act (pairs)':<22}{rates(*pairs(rows, predicted))}")
    show_confusion(Counter((label["event"], guess["event"]) for label, guess in right))


def told(row: Row, predicted: dict[str, Row]) -> str:
    """``tp``, ``fp``, ``fn`` or ``tn``."""
    truth, guess = row["label"]["is_advisory"], predicted[row["id"]]["is_advisory"]
    return ("t" if truth == guess else "f") + ("p" if guess else "n")


def counted(rows: Iterable[Row], predicted: dict[str, Row]) -> tuple[int, int, int]:
    """True positives, false positives, false negatives."""
    kinds = Counter(told(row, predicted) for row in rows)
    return kinds["tp"], kinds["fp"], kinds["fn"]


def same(truth: Any, guess: Any) -> bool:
    return set(truth) == set(guess) if isinstance(truth, list) else bool(truth == guess)


def reasons(right: Iterable[tuple[Row, Row]]) -> tuple[int, int, int]:
    hits = extra = missed = 0
    for label, guess in right:
        truth, found = set(label["reasons"]), set(guess["reasons"])
        hits, extra, missed = hits + len(truth & found), extra + len(found - truth), missed + len(truth - found)
    return hits, extra, missed


def pairs(rows: Iterable[Row], predicted: dict[str, Row]) -> tuple[int, int, int]:
    """Pairs of items of one act that were put together, wrongly put together, and not put together."""
    labelled = [(row["label"]["event_id"], group(predicted[row["id"]])) for row in rows if row["label"]["event_id"]]
    kinds = Counter((one[0] == other[0], one[1] == other[1]) for one, other in combinations(labelled, 2))
    return kinds[True, True], kinds[False, True], kinds[True, False]


def group(guess: Row) -> str:
    alone = not guess["is_advisory"] or not guess["event_id"]
    return f"alone {guess['id']}" if alone else guess["event_id"]


def rates(hits: int, extra: int, missed: int) -> str:
    precision = hits / (hits + extra) if hits + extra else 0.0
    recall = hits / (hits + missed) if hits + missed else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"P {precision:.3f}  R {recall:.3f}  F1 {both:.3f}  ({hits} right, {extra} extra, {missed} missed)"


def share(marks: Sequence[bool]) -> str:
    return f"{sum(marks) / len(marks):.3f}  ({sum(marks)}/{len(marks)})" if marks else "none"


def show_confusion(kinds: Counter[tuple[str, str]]) -> None:
    wrong = [f"{truth} read as {guess}: {number}" for (truth, guess), number in kinds.items() if truth != guess]
    if wrong:
        print("happening              " + "; ".join(sorted(wrong)))


def show_misses(rows: Iterable[Row], predicted: dict[str, Row]) -> None:
    for row in rows:
        label, guess = row["label"], predicted[row["id"]]
        wrong = [field for field in FIELDS if field in label and not same(label[field], guess[field])]
        if told(row, predicted) in ("fp", "fn") or (label["is_advisory"] and wrong):
            print(f"  {row['id']} {row['lang']} {told(row, predicted)} {', '.join(wrong)}: {row['title']}")


def speed(rows: Sequence[Row], number: int) -> None:
    """Processor time an item, start-up, and whether memory stays flat. The items of the file are read over and over,
    each time with another number in its summary so that no two are equal."""
    first = timed(lambda: [read(news_item(row)) for row in rows], perf_counter)
    items = [
        news_item({**row, "summary": f"{row.get('summary') or ''} ({at})"})
        for at, row in enumerate(islice(cycle(rows), number))
    ]
    spent = timed(lambda: sum(read(item).is_advisory for item in items), process_time)
    few, many = peak(items[: number // 10]), peak(items)
    print(f"\nspeed\n-----\nfirst pass over the file, word lists read: {first:.2f} s")
    print(f"{number} items: {spent / number * 1000:.3f} ms of processor time an item")
    print(
        f"memory beyond the word lists: {few / 1e6:.1f} MB for {number // 10} items, {many / 1e6:.1f} MB for {number}"
    )


def timed(work: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    work()
    return clock() - begun


def peak(items: Sequence[Any]) -> int:
    tracemalloc.start()
    for item in items:
        read(item)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


if __name__ == "__main__":
    main()
