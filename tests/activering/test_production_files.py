"""The files a server is built from: no inline secrets, a health check on every service."""

import re
import subprocess

import pytest
import yaml

from activering.start.home import PROJECT

COMPOSE = PROJECT / "docker-compose.yml"
ONE_SHOT = {"migrate"}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def instructions():
    """Return the (keyword, arguments) pairs of the Dockerfile, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", (PROJECT / "Dockerfile").read_text(encoding="utf-8"))
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.strip().split(maxsplit=1)) for line in lines]


def test_the_shape_is_complete(compose):
    assert set(compose["services"]) == {
        *("web", "worker", "beat", "migrate", "postgres", "redis", "proxy"),
    }


def test_every_service_that_stays_has_a_health_check(compose):
    for name, service in compose["services"].items():
        if name in ONE_SHOT:
            assert service["restart"] == "no"
        else:
            assert service["healthcheck"]["test"][0] == "CMD", name
            assert service["restart"] == "unless-stopped", name


def test_services_wait_for_what_they_need(compose):
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "postgres": {"condition": "service_healthy"},
            "redis": {"condition": "service_healthy"},
        }


def test_secrets_come_from_files_only(compose):
    named = set(compose["secrets"])
    assert all(set(source) == {"file"} for source in compose["secrets"].values())
    for service in compose["services"].values():
        assert set(service.get("secrets", [])) <= named
        for variable, value in service.get("environment", {}).items():
            if re.search("SECRET|SLEUTEL|PASSWORD|WACHTWOORD|_URL", variable):
                allowed = value.startswith("/run/secrets/") or variable == "ACTIVERING_SITE_URL"
                assert allowed, f"{variable} stands in the open"
                if value.startswith("/run/secrets/"):
                    assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_only_migrate_knows_the_owner_of_the_tables(compose):
    knowing = {
        name
        for name, service in compose["services"].items()
        if "database_owner_url" in service.get("secrets", [])
    }
    assert knowing == {"migrate"}


def test_database_and_queue_cannot_be_reached_from_outside(compose):
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis"):
        assert compose["services"][name]["networks"] == ["inside"]
    with_ports = {name for name, service in compose["services"].items() if "ports" in service}
    assert with_ports == {"proxy"}


def test_volumes_and_mounted_files_exist(compose):
    for service in compose["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            if source.startswith("."):
                assert (PROJECT / source).is_file(), source
            else:
                assert source in compose["volumes"]


def test_secret_files_are_made_once(compose, tmp_path):
    script = tmp_path / "make-secrets"
    script.write_bytes((PROJECT / "docker/make-secrets").read_bytes())
    script.chmod(0o755)

    subprocess.run([script], check=True, capture_output=True)
    made = {path.name: path.read_text() for path in (tmp_path / "geheimen").iterdir()}
    subprocess.run([script], check=True, capture_output=True)

    assert set(made) == set(compose["secrets"])
    assert made == {path.name: path.read_text() for path in (tmp_path / "geheimen").iterdir()}
    assert made["app_password"] in made["database_url"]
    assert len(set(made.values())) == len(made)


def test_the_image_runs_as_an_ordinary_user_from_pinned_packages(instructions):
    keywords = [keyword for keyword, _ in instructions]
    assert set(keywords) <= {
        *("FROM", "ENV", "RUN", "WORKDIR", "COPY", "USER", "EXPOSE", "HEALTHCHECK", "CMD"),
    }
    assert keywords[0] == "FROM"
    assert keywords.index("USER") < keywords.index("CMD")
    assert dict(instructions)["USER"] != "root"
    assert any("pip install --require-hashes" in arguments for _, arguments in instructions)


def test_the_image_holds_no_secret(instructions):
    settings = " ".join(arguments for keyword, arguments in instructions if keyword == "ENV")
    assert not re.search("SECRET|SLEUTEL|PASSWORD|DATABASE", settings)
    ignored = (PROJECT / ".dockerignore").read_text().splitlines()
    assert ignored[0] == "**"
    assert "docker/geheimen" in ignored


def test_scripts_are_understood_by_their_shell():
    for path in [
        *(PROJECT / "bin").iterdir(),
        *(PROJECT / "docker").iterdir(),
        PROJECT / ".ci/run",
    ]:
        if path.is_file() and (first := path.read_text().splitlines()[0]).startswith("#!"):
            shell = first.split("/")[-1].split()[-1]
            subprocess.run([shell, "-n", path], check=True)
