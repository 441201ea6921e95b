"""Generate clients from the API's description, and compile them.

    python benchmarks/clients.py FOLDER

FOLDER holds, or gets, the generators: openapi-typescript with openapi-fetch and TypeScript from npm, and
openapi-generator for R from Python's index (its jar needs Java). The TypeScript client is compiled strictly
with a program that uses it, in which a wrong parameter and a wrong field must be errors. The R client is
parsed, file by file, where R is installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

from foedus.dashboard.app import create_app

PACKAGES = ("openapi-typescript", "openapi-fetch", "typescript")

PROGRAM = """
import createClient from "openapi-fetch";
import type { components, paths } from "./foedus";

const client = createClient<paths, "application/json">({ baseUrl: "http://127.0.0.1:8321" });

export async function shares(): Promise<Array<[string, number | null]>> {
  const { data, error } = await client.GET("/api/v1/status", {
    params: { query: { year: 2024, country: ["POL", "ESP"] } },
  });
  if (error || !data) throw new Error(error?.error ?? "no answer");
  const day: string = data.as_of;
  const editions: string[] = data.editions;
  console.log(day, editions.join(), data.answer.sentence);
  // @ts-expect-error  the answer has no such field
  data.nothing;
  return data.rows.map((row) => [row.country, row.share]);
}

export async function versions(): Promise<Array<components["schemas"]["FigureRow"]>> {
  const { data } = await client.GET("/api/v1/figure", {
    params: { query: { indicator: "defence_expenditure_share_of_gdp", include_history: true } },
  });
  return data?.figures ?? [];
}

export async function run(): Promise<number[]> {
  const { data } = await client.GET("/api/v1/run", { params: { query: { draws: 200 } } });
  const one = data?.measures["nato_gap_constant_usd"];
  return one ? one.median.map((value) => value ?? NaN) : [];
}

// @ts-expect-error  there is no such parameter
export const wrong = client.GET("/api/v1/status", { params: { query: { years: 2024 } } });
// @ts-expect-error  there is no such address
export const nowhere = client.GET("/api/v1/nowhere", {});
"""

CONFIGURATION = {
    "compilerOptions": {
        "strict": True,
        "noEmit": True,
        "target": "es2022",
        "module": "nodenext",
        "moduleResolution": "nodenext",
        "lib": ["es2022", "dom"],
        "skipLibCheck": False,
        "types": [],
    },
    "files": ["use.ts"],
}


def told(words: list[str], folder: Path) -> str:
    """Run a program in the folder, and return what it says; stop where it fails."""
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def main() -> None:
    """Write the description, generate, compile, and say what was compiled."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    described = create_app(hosts=()).openapi()
    (folder / "openapi.json").write_text(json.dumps(described), encoding="utf-8")
    operations = [op["operationId"] for methods in described["paths"].values() for op in methods.values()]
    if not (folder / "node_modules").is_dir():
        (folder / "package.json").write_text('{"private": true, "type": "module"}')
        told(["npm", "install", "--no-audit", "--no-fund", *PACKAGES], folder)
    versions = json.loads(told(["npm", "ls", "--json", "--depth=0"], folder))["dependencies"]
    print({name: entry["version"] for name, entry in versions.items()})
    typescript(folder, len(operations))
    r_client(folder)


def typescript(folder: Path, operations: int) -> None:
    """Generate the types, and compile the program that uses them."""
    told(["npx", "openapi-typescript", "openapi.json", "-o", "foedus.d.ts"], folder)
    (folder / "use.ts").write_text(PROGRAM.replace('"./foedus"', '"./foedus.d.ts"'))
    (folder / "tsconfig.json").write_text(json.dumps(CONFIGURATION))
    told(["npx", "tsc", "-p", "."], folder)
    lines = len((folder / "foedus.d.ts").read_text().splitlines())
    print(f"TypeScript: {operations} operations, {lines} lines of types, compiled strictly with a program")


def r_client(folder: Path) -> None:
    """Generate the R client, and parse its files where R is installed."""
    target = folder / "r-client"
    shutil.rmtree(target, ignore_errors=True)
    jar = next(folder.glob("generator/openapi_generator_cli/*.jar"), None)
    if jar is None:
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", "generator"]
        told([*pip, "openapi-generator-cli"], folder)
        jar = next(folder.glob("generator/openapi_generator_cli/*.jar"))
    version = told(["java", "-jar", str(jar), "version"], folder).strip()
    words = ["java", "-jar", str(jar), "generate", "-i", "openapi.json", "-g", "r", "-o", str(target)]
    told(words, folder)
    files = sorted(target.glob("R/*.R"))
    print(f"R: {len(files)} files generated by openapi-generator {version}")
    if shutil.which("Rscript") is None:
        print("R is not installed: its files were not parsed")
        return
    parse = "for (f in list.files('R', full.names = TRUE)) parse(f); cat(R.version.string)"
    print(f"R: all of them parsed by {told(['Rscript', '-e', parse], target)}")


if __name__ == "__main__":
    main()
