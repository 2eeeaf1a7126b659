# planbook without installing anything but Docker:
#
#     docker build --tag planbook .
#     docker run --rm --user "$(id -u):$(id -g)" --volume "$PWD:/plan" planbook build
#
# `--user` makes the files yours. For the preview, on Linux: docker run --rm --network host --volume "$PWD:/plan" planbook serve
FROM debian:12-slim@sha256:d5d3f9c23164ea16f31852f95bd5959aad1c5e854332fe00f7b3a20fcc9f635c
RUN apt-get -qq update \
    && apt-get -qq install --no-install-recommends git python3 python3-venv \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
COPY pyproject.toml requirements.lock README.md LICENSE /source/
COPY tools/package_metadata.py /source/tools/
COPY src /source/src
COPY templates /source/templates
RUN python3 -m venv /opt/planbook \
    && /opt/planbook/bin/pip install --quiet --no-cache-dir --require-hashes --requirement /source/requirements.lock \
    && /opt/planbook/bin/pip install --quiet --no-cache-dir --no-deps --no-build-isolation /source \
    && useradd --create-home planner
USER planner
# A user of the machine has no home here; fontconfig keeps its cache elsewhere.
ENV PATH=/opt/planbook/bin:$PATH LANG=C.UTF-8 XDG_CACHE_HOME=/tmp/.cache
WORKDIR /plan
ENTRYPOINT ["planbook"]
CMD ["--help"]
