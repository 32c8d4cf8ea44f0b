"""How Sphinx draws the site; `scripts/pages.py` lays the pages of one language beside this file."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

chinese = os.environ["YIZHAN_SITE"] == "zh"
project = "驿站" if chinese else "Yizhan"
language = "zh_CN" if chinese else "en"
html_title = "驿站文档" if chinese else "Yizhan documentation"
extensions = ["myst_parser", "bigrams", "docstrings"]
default_role = "literal"  # as Markdown has it
smartquotes_action = "qe"  # no dashes: of `--flag` outside code marks they would make another word
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4
suppress_warnings = [
    "misc.highlighting_failure",  # JSON with names in the place of objects
    "ref.python",  # a type's short name that two modules have
]
html_theme = "shibuya"
html_theme_options = {
    "accent_color": "grass",
    "show_ai_links": False,  # they are links to other hosts
    "globaltoc_expand_depth": 1,
}
html_show_sourcelink = False
html_copy_source = False
html_context = {"chinese": chinese}
html_extra_path = ["extra"]  # pictures that pages name in HTML
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["site.css"]
html_additional_pages = {"404": "404.html"}
