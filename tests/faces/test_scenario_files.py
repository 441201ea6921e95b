"""A scenario on the stage is saved as the command's own file, and such a file is put on the stage."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

from foedus.scenario.find import find


def test_a_saved_scenario_is_opened_again(client: httpx.Client, tmp_path: Path) -> None:
    """What is saved is found by its path, and opened as the second scenario it says the same."""
    asked = {"scenario": "baseline", "set": "levers.pledge.deadline=2030", "name": "Sooner, by 2030"}
    saved = client.get("/scenario.yaml", params=asked)
    assert 'filename="sooner-by-2030.yaml"' in saved.headers["content-disposition"]
    path = tmp_path / "sooner.yaml"
    path.write_bytes(saved.content)
    assert find(str(path)).content.levers.pledge.deadline == 2030
    sent = {"side": "second", "back": "target=0.04&draws=200"}
    opened = client.post("/scenario", data=sent, files={"file": ("sooner.yaml", saved.content)})
    assert opened.status_code == 303
    query = parse_qs(urlsplit(opened.headers["location"]).query)
    assert query["set"] == ["levers.pledge.deadline=2030"]
    assert (query["other"], query["name"], query["draws"]) == (["baseline"], ["Sooner, by 2030"], ["200"])
    assert "target" not in query


def test_a_file_that_reads_another_is_refused(client: httpx.Client) -> None:
    """A file of a stranger may extend a shipped scenario and nothing else."""
    text = b"title: T\nquestion: Q?\nextends: /etc/hostname.yaml\n"
    refused = client.post("/scenario", data={"side": "first"}, files={"file": ("t.yaml", text)})
    assert refused.status_code == 400
    assert "does not come with foedus" in refused.text
    assert "t.yaml" in refused.text
