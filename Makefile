# Two commands do everything on a fresh machine: make demo, make test.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test check cover bench chaos fuzz fix lint types layers fast lock

demo: $(VENV)/.runtime          ## a neighbourhood in the browser, no account needed
	$(BIN)/python -m bot demo

test: $(VENV)/.dev              ## everything, against real servers
	@scripts/system-packages
	@scripts/matrix-servers & servers=$$!; \
	  $(MAKE) --no-print-directory lint types layers && wait $$servers
	$(BIN)/python -m pytest -n 3 --dist worksteal

check: $(VENV)/.dev lint types layers fast   ## before each commit, under two minutes

lint: $(VENV)/.dev
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
types: $(VENV)/.dev
	$(BIN)/mypy
layers: $(VENV)/.dev
	$(BIN)/lint-imports --no-cache
fast: $(VENV)/.dev
	TMPDIR=$$(scripts/test-folder) $(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow" \
	  --hypothesis-profile=fast -q

cover: $(VENV)/.dev             ## which lines and branches no test reaches; twice as long
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=
	$(BIN)/python -m coverage report
	$(BIN)/python -m tests.branches

bench: $(VENV)/.dev             ## goals in numbers, as a table and as JSON
	$(BIN)/python -m benchmarks
chaos: $(VENV)/.dev             ## the long form of the kill tests
	CHAOS_KILLS=200 CHAOS_LINES=2000 CHAOS_OUTAGE_S=60 CHAOS_BACKLOG=10000 \
	  $(BIN)/python -m pytest tests/chaos tests/e2e -n 2 -q

fuzz: $(VENV)/.dev              ## a million broken updates and events through the parsers
	FUZZ_UPDATES=1000000 $(BIN)/python -m pytest tests/bridges -k hostile -n 2 -q
	EX=60 $(BIN)/python -m pytest tests -k machine --hypothesis-profile=deep -n 2 -q

fix: $(VENV)/.dev
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

lock:                           ## after a change of dependencies in pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group build --group dev -c requirements.lock pyproject.toml \
	  -o requirements-dev.lock
	cd tests/servers/matrix && uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header servers.in -o servers.lock

$(VENV)/bin/python:
	$$(scripts/find-python) -m venv $(VENV)
$(VENV)/.runtime: requirements.lock | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@
$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	touch $@
