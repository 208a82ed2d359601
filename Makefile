# make demo    environment from the locked versions, then the samples: ingested and asked
# make test    the same environment with the development tools, then the tests (PYTEST_ARGS="-m slow" for others)
# make browser the web page in a Chromium that is installed (CHROMIUM=path for another than the one on the PATH)
# make contract the HTTP interface against its own description, a hundred requests of each kind
# make check   style and types
# make wheel   the distribution, in build/
# make lock    constraints.txt anew, from what pyproject.toml allows today
# make clean   removes the environment and everything built

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
# --no-compile: byte code of everything is 400 MB and 40 s; what is used is compiled as it is loaded.
INSTALL := $(PIP) install --no-compile --constraint constraints.txt
unexport PYTHONDONTWRITEBYTECODE

export ANONYMIZED_TELEMETRY := False
export HF_HUB_OFFLINE := 1
export LANGSMITH_TRACING := false
export OMP_NUM_THREADS ?= 1
export PIP_NO_INPUT := 1
export TOKENIZERS_PARALLELISM := false
export TRANSFORMERS_OFFLINE := 1

# The stamps carry the checksum of what they were made from and where: a second run costs nothing,
# a changed lock or a moved folder installs again.
STATE := $(shell (cat pyproject.toml constraints.txt Makefile; pwd) | cksum | cut -d' ' -f1)
READY := $(VENV)/.ready-$(STATE)
DEV_READY := $(VENV)/.dev-ready-$(STATE)

# The first Python new enough that can make environments; PYTHON=... chooses another.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: demo test browser contract check wheel lock clean

demo: $(READY)
	@$(VENV)/bin/xunju demo

test: $(DEV_READY)
	@$(PY) -m pytest -n auto $(PYTEST_ARGS)

browser: $(DEV_READY)
	@$(PY) -m pytest -m browser tests/interfaces/http/page

contract: $(DEV_READY)
	@$(PY) -m pytest -m slow tests/interfaces/http/test_openapi.py

check: $(DEV_READY)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pip --disable-pip-version-check check

wheel: $(DEV_READY)
	@rm -rf build/wheel
	@$(PIP) wheel --no-deps --wheel-dir build/wheel .
	@ls build/wheel

$(READY):
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本（含 venv 与 ensurepip；Debian 上安装 python3-venv）。" >&2; exit 1; }
	@echo "正在安装锁定的版本到 $(VENV)（约 1.5 GB，一两分钟）……"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@rm -f $(VENV)/.ready-* $(VENV)/.dev-ready-*
	@$(INSTALL) --upgrade pip
	@$(INSTALL) --editable .
	@$(PY) -m compileall -q rag
	@$(PY) -c 'import chromadb, docx, langchain_ollama, langchain_openai, openpyxl, pypdf, pypdfium2, rich.progress, tantivy, tokenizers, typer.rich_utils'
	@touch $@

$(DEV_READY): $(READY)
	@$(INSTALL) --editable . --group dev
	@touch $@

lock:
	@rm -rf build/lock && $(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip install --quiet --upgrade pip
	@echo "torch==2.13.0" > build/lock/held.txt
	@build/lock/bin/python -m pip install --quiet --constraint build/lock/held.txt --editable '.[ocr,slack,mcp]' --group dev --group bench
	@{ grep '^#' constraints.txt; \
	   build/lock/bin/python -m pip freeze --all --exclude-editable | grep -v '^setuptools==' | sed -E 's/\+[a-z0-9.]+$$//' | LC_ALL=C sort -f; \
	 } > build/lock/constraints.txt && mv build/lock/constraints.txt constraints.txt

clean:
	rm -rf $(VENV) build dist index .mypy_cache .pytest_cache .ruff_cache .hypothesis
