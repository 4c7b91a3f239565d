"""setup.cfg -> each core dependency pinned to the lowest release that it allows."""

import configparser
import re
import sys
from pathlib import Path

config = configparser.ConfigParser(delimiters=("=",))
config.read(Path(__file__).parent.parent / "setup.cfg", encoding="utf8")
for line in config["options"]["install_requires"].strip().splitlines():
    pin = re.match(r"([\w.-]+)>=([\w.]+)", line.strip())
    if pin is None:
        raise SystemExit(f"No lower bound in setup.cfg: {line!r}")
    sys.stdout.write(f"{pin[1]}=={pin[2]}\n")
