.PHONY: test lint typecheck bench

test:
	pytest

lint:
	ruff check .
	ruff format --check .

typecheck:
	mypy

bench:
	for file in tests/bench_*.py tests/*/bench_*.py; do [ -e "$$file" ] && python "$$file"; done
