"""The command `yizhan`, and `python -m yizhan`: it says what to install where that is missing.

The packages of the command line are an extra, for an account in a host's server needs none.
"""

import sys

from yizhan.errors import ExtraError
from yizhan.extras import needs


def main() -> None:
    """Run the command line; without its packages, one line on standard error, exit status 2."""
    try:
        with needs("server"):
            from yizhan.cli.main import main as run

            run()
    except ExtraError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
