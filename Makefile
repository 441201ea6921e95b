# Two commands: `make run` (the main job) and `make test` (the suite). Both may be repeated, and need Python and
# make alone. `make test-browser` (and, for minutes, `make test-browser-long`) opens the dashboard in Chromium, which `.ci/run` installs where it is missing.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
FUZZ   := tests/faces/test_api.py::test_the_api_never_fails

.PHONY: run test test-api test-all-others test-browser test-browser-long lint types contracts docs pictures check lock lowest sbom release clean

run: $(VENV)/.run
	$(BIN)/foedus run baseline

test: test-api test-all-others

# The operations of the API share one test's name, which processes that share tests out would run once.
test-api: $(VENV)/.dev
	$(BIN)/python -m pytest $(FUZZ)

test-all-others: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not browser and not browser_long" -n auto --dist loadfile --no-loadscope-reorder \
		--deselect $(FUZZ)

test-browser: $(VENV)/.dev
	$(BIN)/python -m pytest -m browser tests/faces

test-browser-long: $(VENV)/.dev
	$(BIN)/python -m pytest -m browser_long tests/faces

lint: $(VENV)/.dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports --no-logo

docs: $(VENV)/.dev
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html

# The README's pictures; needs Chromium and its driver.
pictures: $(VENV)/.dev
	$(BIN)/python benchmarks/pictures.py

check: lint types contracts docs test-browser test

$(VENV)/.run: lock/run.txt pyproject.toml | $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r lock/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: lock/dev.txt pyproject.toml | $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --no-deps --require-hashes -r lock/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV):
	$(PYTHON) -m venv $(VENV)

# Resolve anew: exact versions with hashes for every platform, and no address of any package index, so that
# the same files install from whichever index or mirror is configured.
lock: | $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml lock/build.in --universal --generate-hashes --no-annotate \
	  --python-version 3.11 --custom-compile-command "make lock" -o lock/run.txt
	$(BIN)/uv pip compile pyproject.toml lock/build.in --group dev --universal --generate-hashes --no-annotate \
	  --python-version 3.11 --custom-compile-command "make lock" -o lock/dev.txt
	$(BIN)/uv pip compile pyproject.toml lock/build.in --extra dashboard --extra reading --extra frames \
	  --constraint lock/dev.txt --universal --generate-hashes --no-annotate \
	  --python-version 3.11 --custom-compile-command "make lock" -o lock/serve.txt

# Whether the lowest versions that pyproject.toml allows do: minutes, and needs an index of packages.
lowest: | $(VENV)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/python benchmarks/lowest.py

# The bill of materials, in CycloneDX.
sbom: $(VENV)/.dev
	$(BIN)/python benchmarks/sbom.py --to dist/foedus.cdx.json

# Wheel, source archive, bill of materials and their checksums; the same state gives the same bytes.
release: sbom
	$(BIN)/python -m hatchling build -d dist
	cd dist && sha256sum foedus-*.whl foedus-*.tar.gz foedus.cdx.json > SHA256SUMS

clean:
	rm -rf $(VENV) docs/_build .mypy_cache .ruff_cache .hypothesis
