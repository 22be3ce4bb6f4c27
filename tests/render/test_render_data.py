"""What machines get: stable keys, verbatim wording, instants in UTC."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from advisoryd import codec
from advisoryd.model.event import Kind
from advisoryd.model.message import Form
from advisoryd.render import Bundle, Telling, render
from advisoryd.render.samples import sample_bundles, samples

MANUAL = Path(__file__).parents[2] / "docs" / "messages.md"


def data_of(telling: Telling | Bundle, locale: str = "en") -> dict[str, object]:
    return json.loads(render(telling, form=Form.JSON, locale=locale).body)


def keys_of(value: object, prefix: str = "") -> set[str]:
    if isinstance(value, dict):
        return {f"{prefix}{key}" for key in value} | {
            key for name, part in value.items() for key in keys_of(part, f"{prefix}{name}.")
        }
    if isinstance(value, list):
        return {key for part in value for key in keys_of(part, prefix)}
    return set()


def test_a_raise_as_values(raised: Telling) -> None:
    data = data_of(raised)
    assert data["schema"] == "advisoryd.event/1"
    assert data["kind"] == "raised"
    assert data["issuer"] == {"id": "CN", "name": "China", "authority": "Ministry of Foreign Affairs of China"}
    assert data["destination"] == {"id": "JP", "name": "Japan", "native_name": "日本"}
    assert data["levels"] == {
        "before": 2,
        "after": 3,
        "highest_before": 2,
        "highest_after": 3,
        "native_before": "谨慎前往",
        "native_after": "近期避免前往日本",
        "top": 4,
    }
    assert data["changes"][0] == {"facet": "level", "old": "2", "new": "3"}
    assert data["times"]["issued"] == {
        "at": "2025-11-14T12:45:00Z",
        "date": None,
        "day_only": False,
        "text": "2025-11-14 20:45",
    }
    assert data["times"]["first_seen"] == "2025-11-14T13:30:00Z"
    assert data["links"]["official"] == raised.event.url
    assert (data["grade"], data["unconfirmed"], data["priority"]) == ("A", False, 4)


def test_a_day_is_given_as_a_date() -> None:
    issued = data_of(samples()[Kind.WIDENED])["times"]["issued"]
    assert (issued["date"], issued["day_only"]) == ("2025-11-14", True)


def test_an_unknown_level_is_null(raised: Telling) -> None:
    event = replace(raised.event, level_after=None, native_after="谁也不懂")
    levels = data_of(replace(raised, event=event))["levels"]
    assert levels["after"] is None
    assert levels["native_after"] == "谁也不懂"


def test_reports_are_marked(raised: Telling) -> None:
    report = data_of(samples()[Kind.FIRST_REPORTED])
    assert (report["unconfirmed"], report["disputed"], report["outlet"]) == (True, False, "Example Shimbun")
    assert data_of(samples()[Kind.DISPUTED])["disputed"] is True


def test_delivery_facts_are_there_when_known(raised: Telling) -> None:
    sent = raised.event.at + timedelta(hours=1)
    telling = replace(raised, now=sent, earlier=raised.event, possible_duplicate=True)
    data = data_of(telling)
    assert data["times"]["delivered"] == "2025-11-14T14:34:00Z"
    assert data["follows"] == raised.event.id
    assert data["possible_duplicate"] is True


def test_only_names_and_the_headline_depend_on_the_readers_language(raised: Telling) -> None:
    english, japanese = data_of(raised, "en"), data_of(raised, "ja")
    differing = {key for key in english if english[key] != japanese[key]}
    assert differing == {"issuer", "destination", "headline"}


def test_a_census_counts_unknown_levels_as_null() -> None:
    census = data_of(samples()[Kind.BASELINE])["census"]
    assert census["destinations"] == 212
    assert census["levels"][0] == {"level": 4, "destinations": 19}
    assert census["levels"][-1] == {"level": None, "destinations": 1}


def test_a_bundle_holds_its_events_in_the_order_of_the_message() -> None:
    data = data_of(next(iter(sample_bundles().values())))
    assert data["schema"] == "advisoryd.bundle/1"
    assert [event["kind"] for event in data["events"]] == ["amended", "widened", "raised", "vanished"]


@pytest.mark.parametrize("form", list(Form))
def test_every_form_carries_the_same_values(raised: Telling, form: Form) -> None:
    message = render(raised, form=form)
    assert message.data == render(raised, form=Form.JSON).data
    assert codec.loads(codec.dumps(message), type(message)).title == message.title


def test_the_keys_are_the_same_for_every_kind_and_all_are_documented() -> None:
    section = MANUAL.read_text(encoding="utf-8").split("## JSON")[1].split("\n## ")[0]
    documented = set(re.findall(r"^\| `([a-z_.]+)`", section, re.MULTILINE))
    top = [set(data_of(telling)) for telling in samples().values()]
    assert all(keys == top[0] for keys in top)
    used = set().union(*(keys_of(data_of(telling)) for telling in (*samples().values(), *sample_bundles().values())))
    bundled = {key.removeprefix("events.") for key in used}
    assert bundled - documented == set()
    assert documented - bundled <= {"truncated", "template_problem"}
