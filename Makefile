# Everything a person or CI does here starts with `make`. The first call makes .venv from the lock.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
SHARED ?= ../shared

.PHONY: help install run test lint proof score golden bench lock clean
help:              ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

$(STAMP): requirements.lock pyproject.toml setup.py $(wildcard parsers/*.p[yx][xd] parsers/page/*.p[yx][xd])
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

install: $(STAMP)  ## make .venv from the lock

run: $(STAMP)      ## the main job on the bundled sample wires, no internet needed
	$(BIN)/wire demo

test: $(STAMP)     ## every test, in parallel
	$(BIN)/python -m pytest -n auto

proof: $(STAMP)    ## the slow proofs
	$(BIN)/python -m pytest -n auto -m proof --timeout 7200

lint: $(STAMP)     ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

score: $(STAMP)    ## every scorer of ../shared/corpus, one table
	$(BIN)/python scripts/score.py --shared $(SHARED)

golden: $(STAMP)   ## write what the pages of fixtures/pages give anew; then look at git diff
	PYTHONPATH=. $(BIN)/python scripts/golden.py

bench: $(STAMP)    ## ratios beside floors and peers (the peers live in .venv-bench)
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	ours=$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'); for bench in scripts/bench/*.py; do \
	    echo "== $$bench"; PYTHONPATH=.:$$ours .venv-bench/bin/python $$bench || exit 1; done

lock:              ## write requirements*.lock anew (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q \
	    --python-version 3.11 --extra desk --extra dev -o requirements.lock pyproject.toml
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header -q \
	    --python-version 3.11 --extra bench -c requirements.lock -o requirements-bench.lock pyproject.toml

clean:             ## forget what was built
	rm -rf .venv var build dist parsers/*.so parsers/page/*.so
