# docker build -t qsec2-relay . && docker run -p 3000:3000 -v qsec2:/data qsec2-relay
FROM node:24-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages/sdk/package.json packages/sdk/
COPY packages/widget/package.json packages/widget/
COPY packages/relay/package.json packages/relay/

FROM manifests AS build
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

# What the relay needs when it runs. Without a prebuilt binary of better-sqlite3 it uses Node's own SQLite.
FROM manifests AS dependencies
RUN npm ci --omit=dev --workspace packages/sdk --workspace packages/relay --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production QSEC2_HOST=0.0.0.0 QSEC2_PORT=3000 QSEC2_DB=/data/qsec2.db
WORKDIR /app
COPY --from=dependencies /app ./
COPY --from=build /app/packages/sdk/dist packages/sdk/dist
COPY --from=build /app/packages/relay/bin packages/relay/bin
COPY --from=build /app/packages/relay/dist packages/relay/dist
RUN install -d -o node -g node -m 0700 /data
USER node
WORKDIR /data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.QSEC2_PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/packages/relay/bin/qsec2-relay.js"]
CMD ["serve"]
