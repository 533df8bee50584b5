# Everything happens in .venv, which scripts/bootstrap.py makes; PYTHON=... names another interpreter and
# ARGS=... is handed on: make demo ARGS=--camera, make test ARGS='-k blink'.

.PHONY: help run demo test fast browser lint gate clean
.NOTPARALLEL:

help:
	@echo "make run     install into .venv, fetch the weights, run the server and open its page"
	@echo "make demo    the same with a portrait that is animated by code, without server or camera"
	@echo "make test    install, fetch the weights, run the whole test suite"
	@echo "make browser the tests in a real Chromium, after npm ci in web"
	@echo "make fast    the tests that need neither weights nor real faces"
	@echo "make lint    ruff and mypy"
	@echo "make gate    everything that must hold before a change goes in"
	@echo "make clean   remove .venv and what runs left behind"

run demo test fast browser lint:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python "$$PYTHON"; do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1; then \
	        exec "$$python" scripts/bootstrap.py $@ $(ARGS); \
	    fi; \
	done; \
	echo "simreg: no Python here. Install Python 3.11 to 3.14 (on Debian or Ubuntu: apt install python3 python3-venv)." >&2; \
	exit 2

gate:
	@.ci/run

clean:
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
