"""驿站: a server, framework, API client and simulator for WeChat Official Accounts."""

__version__ = "0.1.0"
