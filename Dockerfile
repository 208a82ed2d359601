# 循据的容器镜像：docker compose build；说明见 docs/deployment.md
FROM python:3.11-slim AS build
# 没有显卡时请传入提供 torch CPU 版的附加来源，否则会装上数 GB 的 CUDA 组件
ARG PIP_EXTRA_INDEX_URL=""
ARG EXTRAS="slack,mcp"
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /app
WORKDIR /src
COPY pyproject.toml constraints.txt README.md CHANGELOG.md LICENSE config.toml ./
COPY rag ./rag
COPY prompts ./prompts
COPY samples/filings ./samples/filings
COPY samples/questions.jsonl ./samples/questions.jsonl
RUN /app/bin/pip install --constraint constraints.txt ".[${EXTRAS}]"

FROM python:3.11-slim
# 没有嵌入字体的 PDF 画成图片时要用
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-wqy-zenhei \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home xunju \
    && install -d -o xunju -g xunju -m 0700 /data
COPY --from=build /app /app
ENV PATH=/app/bin:$PATH \
    HOME=/tmp \
    LANG=C.UTF-8 \
    PYTHONUNBUFFERED=1 \
    XUNJU_INDEX_PATH=/data/index \
    ANONYMIZED_TELEMETRY=False \
    LANGSMITH_TRACING=false
USER xunju
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=4)"]
CMD ["xunju", "serve", "--host", "0.0.0.0", "--port", "8000"]
