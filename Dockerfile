# syntax=docker/dockerfile:1
# simreg's server: docs/operations.md says how it is run. The end image has no compiler, no package installer and no
# secret in it, runs as a user of its own, and needs to write nowhere but /data and /tmp.

FROM python:3.13-slim AS build
# "baked": the weights are fetched now and are part of the image, which then starts with no network, and always with the
# same networks. "volume": they are not; mount a folder with them and name it in SIMREG_MODELS, and a writable SIMREG_CACHE.
ARG WEIGHTS=baked
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore SIMREG_CACHE=/opt/weights
RUN python -m venv /opt/simreg
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
RUN /opt/simreg/bin/pip install ".[postgres]"
RUN mkdir /opt/weights && case "$WEIGHTS" in \
        baked) /opt/simreg/bin/simreg models install --only blazeface-short-range.tflite attention-mesh.tflite \
            mobilefacenet.onnx minifasnet-v2-2.7.pth minifasnet-v1se-4.0.pth ;; \
        volume) ;; \
        *) echo "WEIGHTS is baked or volume, not $WEIGHTS" >&2; exit 2 ;; \
    esac
# pip is there for fetching weights only.
RUN /opt/simreg/bin/pip uninstall --yes pip

FROM python:3.13-slim
LABEL org.opencontainers.image.title="simreg" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN rm -rf /usr/local/lib/python3.13/site-packages/pip* /usr/local/lib/python3.13/ensurepip /usr/local/bin/pip* \
    && groupadd --gid 10001 simreg \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin simreg \
    && install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /opt/simreg /opt/simreg
COPY --from=build /opt/weights /opt/weights
ENV PATH=/opt/simreg/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MALLOC_ARENA_MAX=4 \
    ORT_DISABLE_TELEMETRY=1 \
    SIMREG_CACHE=/opt/weights \
    SIMREG_HOST=0.0.0.0 \
    SIMREG_PORT=8000 \
    SIMREG_DEMO=off \
    SIMREG_DATABASE=sqlite:////data/simreg.db \
    SIMREG_KEY_FILE=/run/secrets/simreg_key \
    SIMREG_KEY_STORE=sqlite:////data/keys.db \
    SIMREG_LOG_KEY_FILE=/run/secrets/simreg_log_key
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['SIMREG_PORT'] + '/v1/health', timeout=4)"]
ENTRYPOINT ["simreg"]
CMD ["serve"]
