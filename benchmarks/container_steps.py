"""Take the steps of the Containerfile without a container engine: in an empty folder, as another user.

    python benchmarks/container_steps.py [--port 8399] [--python /usr/bin/python3]

It stands in for `podman build` and `podman run` where no engine answers, and needs the rights to change the
user. Each COPY puts the same files below a new folder, each RUN is run there by the interpreter at hand, and
the last CMD is started as a user without rights who can write its own data folder alone; then the health
check of the file asks until the server answers. What it cannot show is the base image.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.request import urlopen

REPOSITORY = Path(__file__).parents[1]
USER = 65534
"""A user that every system has, and who owns nothing."""


def instructions() -> list[tuple[str, str]]:
    """Return the lines of the Containerfile: the instruction and its words."""
    text = (REPOSITORY / "Containerfile").read_text(encoding="utf-8")
    lines = [line for line in re.sub(r"\\\n", " ", text).splitlines() if line and line[0] != "#"]
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines]


def placed(words: str, root: Path) -> str:
    """Return words in which the image's folders are those of the new folder."""
    for folder in ("/opt/foedus", "/data"):
        words = re.sub(rf"(?<![\w.]){folder}\b", f"{root}{folder}", words)
    return words


def main() -> None:
    """Build, start as another user, and ask the health check."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8399)
    parser.add_argument("--python", default=sys.executable, help="one that every user may run")
    given = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="foedus-container-"))
    root.chmod(0o755)
    build = root / "build"
    build.mkdir()
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "LANG": "C.UTF-8"}
    python = shlex.quote(given.python)
    commands: dict[str, str] = {}
    try:
        for name, words in instructions():
            start = time.monotonic()
            if name == "COPY" and not words.startswith("--from"):
                *sources, target = words.split()
                for source in sources:
                    copy(REPOSITORY / source, build / target, source)
            elif name == "RUN" and not words.startswith("useradd"):
                command = re.sub(r"^python\b", python, placed(words, root))
                subprocess.run(command, shell=True, check=True, cwd=build, env=environment)
                print(f"{time.monotonic() - start:6.1f} s  {words}", flush=True)
            elif name == "ENV":
                own = dict(pair.split("=", 1) for pair in shlex.split(placed(words, root)))
                environment |= own
            elif name in ("CMD", "HEALTHCHECK"):
                commands[name] = words[words.index("[") :]
        serve(root, environment, commands, given.port)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def copy(source: Path, target: Path, name: str) -> None:
    """Put a file or a folder where COPY would put it."""
    place = target if target.name == Path(name).name else target / Path(name).name
    if source.is_dir():
        shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)


def asked(address: str) -> dict[str, Any]:
    """Return what an address answers."""
    with urlopen(address, timeout=60) as answer:
        content: dict[str, Any] = json.load(answer)
    return content


def serve(root: Path, environment: dict[str, str], commands: dict[str, str], port: int) -> None:
    """Start the server as a user without rights, and ask the health check of the file until it is content."""
    shutil.rmtree(root / "build")  # the second stage has the installed environment alone
    data = root / "data"
    data.mkdir()
    os.chown(data, USER, USER)
    own = {**environment, "HOME": str(data), "FOEDUS_CACHE": str(data / "cache")}
    binary = f"{root}/opt/foedus/bin"
    words = [*json.loads(commands["CMD"]), "--port", str(port)]
    words[0] = f"{binary}/{words[0]}"
    given = {"user": USER, "group": USER, "extra_groups": [], "cwd": data, "env": own}
    server = subprocess.Popen(words, **given)
    check = [f"{binary}/python", *json.loads(commands["HEALTHCHECK"])[1:]]
    check[-1] = check[-1].replace("8321", str(port))
    start = time.monotonic()
    try:
        while subprocess.run(check, capture_output=True, check=False, **given).returncode:
            if server.poll() is not None or time.monotonic() - start > 120:
                raise SystemExit("the server did not become healthy")
            time.sleep(0.5)
        print(f"{time.monotonic() - start:6.1f} s  HEALTHCHECK is green, as user {USER}", flush=True)
        while asked(f"http://127.0.0.1:{port}/healthz")["status"] != "ready":
            time.sleep(1)
        print(f"{time.monotonic() - start:6.1f} s  ready", flush=True)
        content = asked(f"http://127.0.0.1:{port}/api/v1/status?year=2024")
        print(f"        {content['answer']['sentence']} ({', '.join(content['editions'])})", flush=True)
    finally:
        server.terminate()
        server.wait(timeout=30)


if __name__ == "__main__":
    main()
