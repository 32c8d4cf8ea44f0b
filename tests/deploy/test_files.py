"""The files of `deploy/`: checked by the tools of those who read them, and run where they can."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml

from deploy.proxies import DEPLOY
from served import YIZHAN, started
from wechat import TOKEN
from wheels import wheel
from yizhan.server.serve import HARD, LAST
from yizhan.settings import Settings

TOOLS = DEPLOY.parent / ".venv-deploy/bin"
STOP = Settings(token=TOKEN).grace + LAST + HARD  # seconds that a stop takes at most
MOST_EXPOSED = "20"  # tenths, as systemd-analyze counts
COMPOSE = sorted((DEPLOY / "docker").glob("compose.*.yaml"))

DOCKERFILE = (DEPLOY / "docker/Dockerfile").read_text().replace("\\\n", " ")
UNIT = (DEPLOY / "systemd/yizhan.service").read_text()
MANIFESTS = list(yaml.safe_load_all((DEPLOY / "kubernetes/yizhan.yaml").read_text()))

needs_tools = pytest.mark.skipif(
    not TOOLS.exists() and os.environ.get("CI") != "true", reason="make test installs the tools"
)
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None and os.environ.get("CI") != "true",
    reason="no systemd-analyze",
)


def done(*command, **more):
    """What the command says; it must end well."""
    ran = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=120, check=False, **more
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


def instructions(name):
    return re.findall(rf"^{name} (.*)$", DOCKERFILE, re.M)


def setting(name):
    """The last value of it in the unit."""
    return re.findall(rf"^{name}=(.*)$", UNIT, re.M)[-1]


@needs_tools
def test_the_dockerfile_passes_its_linter():
    assert done(TOOLS / "hadolint", DEPLOY / "docker/Dockerfile") == ""


@pytest.mark.slow
def test_what_the_dockerfile_runs_installs_what_the_bot_asks_for(tmp_path):
    context, image = tmp_path / "context", tmp_path / "image"
    context.mkdir()
    image.mkdir()
    made = wheel(context, "needed", "1.0")
    (context / "requirements.txt").write_text(f"./{made.name}\n")
    paths = {
        "/opt/venv": f"{image}/venv",
        "/data": f"{image}/data",
        "10001": str(os.getuid()),
    }
    environ = {**os.environ, "PIP_NO_INDEX": "1"}
    environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    for line in instructions("RUN"):
        for old, new in paths.items():
            line = line.replace(old, new)
        done("sh", "-ec", line, cwd=context, env=environ)
    done(image / "venv/bin/python", "-c", "import needed")
    assert (image / "data").stat().st_mode & 0o777 == 0o700


def test_the_image_is_not_run_as_root_and_holds_no_secrets():
    assert instructions("USER")[-1].split(":")[0].isdigit()
    assert int(instructions("USER")[-1].split(":")[0]) > 0
    assert DOCKERFILE.count("\nFROM ") == 2
    ignored = (DEPLOY / "docker/.dockerignore").read_text().splitlines()
    assert {"yizhan.toml", "*.env", ".env"} <= set(ignored)


def test_the_image_holds_nothing_that_followers_wrote():
    ignored = (DEPLOY / "docker/.dockerignore").read_text().splitlines()
    for name in ("bot.db", "bot.db-wal", "bot.db.1.former", "bot.backup", "day.jsonl"):
        assert any(fnmatch(name, pattern) for pattern in ignored), name


@needs_tools
@pytest.mark.parametrize("file", COMPOSE, ids=lambda file: file.name)
def test_docker_compose_takes_its_file(file, tmp_path):
    shutil.copy(file, tmp_path / "compose.yaml")
    (tmp_path / "yizhan.env").write_text(f"YIZHAN_TOKEN={TOKEN}\n")
    (tmp_path / ".env").write_text("POSTGRES_PASSWORD=0123abcd\n")
    shown = done(TOOLS / "docker-compose", "config", "--format", "json", cwd=tmp_path)
    bot = json.loads(shown)["services"]["bot"]
    assert bot["environment"]["YIZHAN_TOKEN"] == TOKEN
    Settings(token=TOKEN, store=bot["environment"]["YIZHAN_STORE"])
    assert [port["host_ip"] for port in bot["ports"]] == ["127.0.0.1"]
    assert seconds(bot["stop_grace_period"]) > STOP
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]


@needs_tools
def test_docker_compose_asks_for_the_password_that_is_missing(tmp_path):
    shutil.copy(DEPLOY / "docker/compose.postgres.yaml", tmp_path / "compose.yaml")
    (tmp_path / "yizhan.env").touch()
    ran = subprocess.run(
        [TOOLS / "docker-compose", "config", "-q"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PATH": os.environ["PATH"]},
    )
    assert ran.returncode != 0
    assert "write it into .env" in ran.stderr


def seconds(duration):
    minutes, rest = re.fullmatch(r"(?:(\d+)m)?(?:(\d+)s)?", duration).groups()
    return 60 * int(minutes or 0) + int(rest or 0)


@needs_tools
def test_kubernetes_takes_the_manifests():
    file = DEPLOY / "kubernetes/yizhan.yaml"
    for version in ("1.28", "1.34"):
        said = done(TOOLS / "kubernetes-validate", "--strict", "-k", version, file)
        assert said.count("passed for resource") == len(MANIFESTS)


def test_a_pod_has_the_time_to_stop_and_is_asked_how_it_is():
    [pod] = [each["spec"]["template"]["spec"] for each in MANIFESTS if each["kind"] == "Deployment"]
    [bot] = pod["containers"]
    before = int(bot["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pod["terminationGracePeriodSeconds"] > before + STOP
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert bot[probe]["httpGet"] == {"path": "/healthz", "port": "http"}
    assert str(pod["securityContext"]["runAsUser"]) == instructions("USER")[-1].split(":")[0]


def test_only_the_push_path_is_reached_from_outside():
    [ingress] = [each["spec"] for each in MANIFESTS if each["kind"] == "Ingress"]
    paths = [path for rule in ingress["rules"] for path in rule["http"]["paths"]]
    assert [(each["path"], each["pathType"]) for each in paths] == [("/wechat", "Exact")]


@pytest.fixture
def unit(tmp_path):
    """The unit as it would be where its programs are."""
    text = UNIT.replace("/opt/bot/.venv/bin/yizhan", YIZHAN).replace("/opt/bot", str(tmp_path))
    file = tmp_path / "yizhan.service"
    file.write_text(text)
    return file


@needs_systemd
def test_systemd_takes_the_unit(unit):
    assert done("systemd-analyze", "verify", "--man=no", unit) == ""


@needs_systemd
def test_the_unit_is_hardened(unit):
    done("systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}", unit)


def test_systemd_tries_again_however_often_the_start_fails():
    assert setting("Restart") == "always"
    assert setting("StartLimitIntervalSec") == "0"


def test_systemd_leaves_the_counters_in_shared_memory():
    assert setting("RemoveIPC") == "no"


def test_systemd_gives_it_the_time_to_stop():
    assert int(setting("TimeoutStopSec")) > STOP


@pytest.mark.slow
def test_the_unit_s_commands_serve_and_reload_and_the_image_s_check_tells(tmp_path):
    (tmp_path / "bot.py").write_text(
        f"from yizhan import Account\naccount = Account(token='{TOKEN}')\n"
    )
    _, *arguments = shlex.split(setting("ExecStart").replace("--port 8080", ""))
    (image,) = (json.loads(each) for each in instructions("CMD"))
    assert image[1:3] == arguments[:2]
    [check] = instructions("HEALTHCHECK")
    check = json.loads(check.partition("CMD ")[2])
    with started(tmp_path, YIZHAN, *arguments) as server:
        check = [each.replace(":8080/", f":{server.port}/") for each in check]
        check[0] = sys.executable
        done(*check)
        reload = setting("ExecReload").replace("$MAINPID", str(server.process.pid))
        done(*shlex.split(reload))
        server.wait_said("reloaded: the new workers")
        done(*check)
        assert server.end() == 0
    assert subprocess.run(check, capture_output=True, check=False).returncode != 0
