# Two commands set up everything: `make site` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
TESTS := $(VENV)/.installed-tests

AUDIT := .venv-audit
RELEASE := .venv-release

.PHONY: sbom audit site test quick preview check bench demo clean

site: $(STAMP)
	@$(BIN)/python -m generator build --content content --output site
	@echo "打开 open: file://$(CURDIR)/site/index.html   （预览 preview: make preview）"

preview: $(STAMP)
	$(BIN)/python -m generator preview

check: $(STAMP)
	$(BIN)/python -m generator check

test: $(TESTS)
	bash tests/system.sh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@# mypy takes one core for half a minute: it runs beside the first tests, and its verdict counts; collecting them
	@# once compiles them for all processes
	$(BIN)/mypy & types=$$!; $(BIN)/python -m pytest --collect-only >/dev/null; \
	  $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder && wait $$types

# while you work: no browser, no LibreOffice, nothing that takes long
quick: $(TESTS)
	$(BIN)/python -m pytest -n auto -m "not slow and not browser and not office"

# the sample portal (示例): 60 organs, eight years, three forms
demo: $(STAMP)
	$(BIN)/python bench/demo.py demo

bench: $(TESTS)
	$(BIN)/python bench/run.py

$(STAMP): requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# what the tests import is compiled as they import it, which is a small part of what is installed
$(TESTS): requirements-test.lock $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes -r requirements-test.lock
	@touch $@

# what is installed with nianbao, as CycloneDX JSON: read from an environment that holds the locked packages only
sbom: $(AUDIT)/.installed
	$(PYTHON) -m venv --clear $(RELEASE)
	$(RELEASE)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(RELEASE)/bin/python -m pip uninstall -q --yes setuptools pip
	$(AUDIT)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON -o sbom.cdx.json $(RELEASE)/bin/python
	@rm -rf $(RELEASE)
	@echo "已生成 made: sbom.cdx.json"

# known vulnerabilities of the locked packages; needs the network, and fails where one of them cannot be looked up
audit: $(AUDIT)/.installed
	$(AUDIT)/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

$(AUDIT)/.installed: requirements-audit.lock
	$(PYTHON) -m venv $(AUDIT)
	$(AUDIT)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

clean:
	rm -rf $(VENV) $(AUDIT) $(RELEASE) .pytest_cache .mypy_cache .ruff_cache .hypothesis
