"""Reads files as other programs do and compares what they hold.

    compare.py nickel FILE.ncl FILE.toml|FILE.json   the real Nickel, `nickel export`
    compare.py yaml FILE.yaml FILE.json              PyYAML, which reads YAML 1.1
    compare.py sh FILE.env FILE.json                 POSIX sh: `set -a; . FILE`

Prints what differs; exit 0 when nothing does.
"""

import json
import os
import subprocess
import sys
import tomllib


def flat(value, path=()):
    """Every leaf by its path. Bools are no numbers here, and 3 is 3.0, as Nickel has one kind of number."""
    if isinstance(value, dict):
        leaves = {}
        for name, inner in value.items():
            leaves.update(flat(inner, path + (name,)))
        return leaves
    if isinstance(value, list):
        return {path: ("list", *[flat(item)[()] for item in value])}
    if isinstance(value, bool):
        return {path: ("bool", value)}
    if isinstance(value, (int, float)):
        return {path: ("number", value)}
    return {path: (type(value).__name__, value)}


def nickel(file):
    import nickel

    folder, name = os.path.split(os.path.abspath(file))
    return flat(json.loads(nickel.run("import " + json.dumps(name), [folder])))


def yaml(file):
    import yaml

    with open(file, encoding="utf-8") as text:
        return flat(yaml.safe_load(text))


def sh(file):
    script = 'set -a; . "$1"; env -0'
    done = subprocess.run(
        ["sh", "-c", script, "sh", os.path.abspath(file)],
        env={"PATH": os.environ["PATH"]},
        check=True,
        capture_output=True,
    )
    pairs = (pair.split("=", 1) for pair in done.stdout.decode().split("\0") if pair)
    return {(name,): ("str", value) for name, value in pairs if name.startswith("VAPORA__")}


def expected(file):
    with open(file, "rb") as text:
        return flat(tomllib.load(text) if file.endswith(".toml") else json.load(text))


def main():
    how, file, other = sys.argv[1:]
    found = {"nickel": nickel, "yaml": yaml, "sh": sh}[how](file)
    wanted = expected(other)
    for path in sorted(found.keys() | wanted.keys()):
        if found.get(path) != wanted.get(path):
            print(f"{'.'.join(path)}: read {found.get(path)}, wanted {wanted.get(path)}")
    if not wanted:
        print("nothing was compared")
    sys.exit(0 if found == wanted and wanted else 1)


main()
