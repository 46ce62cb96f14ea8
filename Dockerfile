# One image for web, worker and beat; docker-compose.yml shows how they are started.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=activering.settings.production \
    ACTIVERING_VAR=/var/lib/activering \
    ACTIVERING_STATIC=/app/static-collected \
    PYTHONPATH=/app

# Pango and HarfBuzz draw the PDFs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

RUN groupadd --gid 10001 activering \
    && useradd --uid 10001 --gid activering --no-create-home --shell /usr/sbin/nologin activering \
    && install -d -o activering -g activering -m 0750 /var/lib/activering

WORKDIR /app
COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --require-hashes -r requirements/runtime.txt

COPY . .

RUN python -m kern.talen

# Made up for this one step: collecting files needs settings, not secrets that count.
RUN python docker/collect_static.py

USER activering
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "docker/healthy.py", "web"]
CMD ["gunicorn", "--config", "docker/gunicorn_config.py", "activering.wsgi"]
