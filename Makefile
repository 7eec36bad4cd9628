# Sao Làng: the commands of this repository. `make run` and `make test` need only Python 3.11+.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
OCOP := .venv/bin/ocop

.PHONY: help setup run test test-postgres rehearse check fmt bench lock clean

help: ## liệt kê các lệnh
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## chuẩn bị môi trường Python (.venv)
	@scripts/setup.sh requirements.lock

run: ## chạy bản trình diễn tại http://127.0.0.1:8000
	@scripts/run.sh

test: ## chạy toàn bộ kiểm thử (tự cài những gì cần, kể cả trình duyệt)
	@scripts/test.sh

test-postgres: ## chạy kiểm thử trên một PostgreSQL riêng, tự dựng rồi tự dọn
	@scripts/with-postgres.sh scripts/test.sh

rehearse: ## diễn tập những ngày khó: tắt máy chủ giữa chừng, cả ngày họp Hội đồng trong trình duyệt
	@scripts/rehearse.sh

check: ## kiểu chữ, kiểu dữ liệu, sơ đồ phòng, migration
	@scripts/check.sh

fmt: ## sắp lại mã nguồn
	@scripts/setup.sh requirements-dev.lock
	@$(PY) -m ruff check --fix -q . ; $(PY) -m ruff format -q .

bench: ## đo tốc độ bộ tính kết quả
	@scripts/setup.sh requirements-dev.lock
	@$(PY) benchmarks/evaluate.py

lock: ## khóa lại phiên bản thư viện sau khi sửa pyproject.toml
	@scripts/lock.sh

clean: ## xóa .venv và dữ liệu trình diễn
	@rm -rf .venv var
