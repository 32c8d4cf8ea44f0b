"""Which files a bot is made of, and which of them have changed."""

import os

import pytest

from yizhan.server.watching import ProjectFiles


@pytest.fixture
def folder(tmp_path, monkeypatch):
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def write(folder):
    """Writes a file, each time with another modification time."""
    moments = iter(range(1_000_000_000, 2_000_000_000))

    def written(name, text="x"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (moment := next(moments), moment))

    return written


@pytest.mark.parametrize(
    "name",
    [
        *("bot.py", "shop/orders.py", "menu.toml", "yizhan.toml"),
        *("page.html", "pages/a.jinja2", "templates/letter.txt", "templates/deep/x.xml"),
    ],
)
def test_code_settings_menu_and_templates_count(folder, write, name):
    files = ProjectFiles([folder])
    assert files.changed() == ()
    write(name)
    assert files.changed() == (name,)
    assert files.changed() == ()
    write(name)
    assert files.changed() == (name,)
    (folder / name).unlink()
    assert files.changed() == (name,)


@pytest.mark.parametrize(
    "name",
    [
        *("notes.txt", "data.db", "log.json", ".git/hooks/a.py", ".idea/x.toml"),
        *("__pycache__/bot.py", "node_modules/a/b.html", "env/lib/x.py"),
    ],
)
def test_what_a_bot_writes_and_what_others_wrote_does_not(folder, write, name):
    write("env/pyvenv.cfg")
    files = ProjectFiles([folder])
    files.changed()
    write(name)
    assert files.changed() == ()


def test_settings_that_lie_elsewhere_count(folder, write, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "other.toml"
    files = ProjectFiles([folder], [elsewhere])
    files.changed()
    elsewhere.write_text("x")
    assert files.changed() == (str(elsewhere),)
