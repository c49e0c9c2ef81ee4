#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""compile_commands.py OUT 'COMPILER FLAGS' SOURCE...   writes the compilation database that clang-tidy and editors read."""
import json
import os
import sys

out, command, sources = sys.argv[1], sys.argv[2], sys.argv[3:]
rows = [{"directory": os.getcwd(), "file": s, "command": f"{command} -c {s}"} for s in sources]
with open(out, "w", encoding="utf-8") as f:
    json.dump(rows, f, indent=1)
