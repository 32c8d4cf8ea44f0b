"""Flit's build, the same bytes for the same tree: no file brings a time of its own.

The build backend of pyproject.toml. Run by itself it puts the source distribution into the
folder that is named, which pip cannot do.
"""

import os
import sys

from flit_core import buildapi

# The standard variable of reproducible builds; by default the earliest time that a zip can hold.
os.environ.setdefault("SOURCE_DATE_EPOCH", "315532800")

build_sdist = buildapi.build_sdist
build_wheel = buildapi.build_wheel
build_editable = buildapi.build_editable
get_requires_for_build_sdist = buildapi.get_requires_for_build_sdist
get_requires_for_build_wheel = buildapi.get_requires_for_build_wheel
get_requires_for_build_editable = buildapi.get_requires_for_build_editable
prepare_metadata_for_build_wheel = buildapi.prepare_metadata_for_build_wheel
prepare_metadata_for_build_editable = buildapi.prepare_metadata_for_build_editable

if __name__ == "__main__":
    build_sdist(sys.argv[1])
