"""Write the bill of materials of a release: CycloneDX 1.6 JSON, from the lock file and the tables' cards.

    python benchmarks/sbom.py --to dist/foedus.cdx.json

What `make run` installs stands with its version and the checksums of its files, as in ``lock/run.txt``; the
editions and records that come with foedus stand as data, each with its publisher, its day, its terms and the
checksum of its tables. Two runs of one state give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[1]
EVIDENCE = ROOT / "src/foedus/evidence"
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; (.+?))?(?: \\)?$")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def packages(lock: str) -> list[dict[str, Any]]:
    """Read the locked packages; one that is meant for some systems only says for which."""
    components: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if match := _LOCKED.match(line):
            name, version, marker = match.groups()
            reference = f"pkg:pypi/{name}@{version}"
            component: dict[str, Any] = {
                "type": "library",
                "bom-ref": reference,
                "name": name,
                "version": version,
            }
            component |= {"purl": reference, "scope": "optional" if marker else "required", "hashes": []}
            if marker:
                component["properties"] = [{"name": "python:marker", "value": marker}]
            components.append(component)
        elif match := _HASH.search(line):
            components[-1]["hashes"].append({"alg": "SHA-256", "content": match[1]})
    return components


def tables() -> list[dict[str, Any]]:
    """Read the cards of what comes with foedus."""
    cards = [
        *sorted((EVIDENCE / "editions").glob("*.yaml")),
        *sorted((EVIDENCE / "records").glob("*/card.yaml")),
    ]
    components = []
    for path in cards:
        card = yaml.safe_load(path.read_text(encoding="utf-8"))
        component = {
            "type": "data",
            "bom-ref": f"edition:{card['id']}",
            "supplier": {"name": card["publisher"]},
            "name": card["title"],
            "version": str(card["published"]),
            "licenses": [{"license": {"name": " ".join(card["licence"].split())}}],
            "externalReferences": [{"type": "website", "url": card["url"]}],
        }
        if "sha256" in card:
            component["hashes"] = [{"alg": "SHA-256", "content": card["sha256"]}]
        components.append(component)
    return components


def bill() -> dict[str, Any]:
    """Return the bill of materials of the state of the folder."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "lock/run.txt").read_text(encoding="utf-8")
    components = [*packages(lock), *tables()]
    content = json.dumps([project["version"], components], sort_keys=True)
    itself = f"pkg:pypi/foedus@{project['version']}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(hashlib.sha256(content.encode()).hexdigest()[:32], version=4)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": itself,
                "name": "foedus",
                "version": project["version"],
                "description": project["description"],
                "licenses": [{"expression": project["license"]}],
            }
        },
        "components": components,
        "dependencies": [{"ref": itself, "dependsOn": [component["bom-ref"] for component in components]}],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the bill where it was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, required=True)
    path = parser.parse_args(arguments).to
    content = bill()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{path}: {len(content['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main())
