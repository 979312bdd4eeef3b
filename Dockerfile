# One image for worker and API: node bin/firebreak.js worker | api. Debian, not Alpine: Temporal's core is built on glibc.
FROM node:22-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Temporal's core comes for five platforms, 27 MB each; this image runs one.
# Our own sources, and with them what is compiled of them, come later.
RUN npm pkg delete scripts.prepare && npm ci --omit=dev \
    && find node_modules/@temporalio/core-bridge/releases -mindepth 1 -maxdepth 1 \
        ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} +

FROM node:22-slim
# Temporal's core and a database over TLS look for the system's certificates.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -o node -g node /var/lib/firebreak
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json tsconfig.json LICENSE NOTICE ./
COPY bin bin
COPY schema schema
COPY scripts scripts
COPY src src
RUN npm run prepare
ENV NODE_ENV=production \
    FIREBREAK_CONFIG=/etc/firebreak/firebreak.yaml \
    FIREBREAK_DATA=/var/lib/firebreak \
    FIREBREAK_HOST=0.0.0.0
USER node
VOLUME /var/lib/firebreak
EXPOSE 7400
# The API's; a worker listens on nothing, switch this off for it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.FIREBREAK_PORT || 7400}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/firebreak.js"]
CMD ["api"]
