# An image with dsapi, compiled, and the libraries in pnpm-lock.yaml:
#
#   docker build -t dsapi .
#   docker run -p 127.0.0.1:8000:8000 -v dsapi:/data dsapi
#
# deploy/compose.yaml runs the parts in containers of their own.

FROM node:24-bookworm-slim AS build
WORKDIR /build

# The libraries come first, so this layer is rebuilt only when one of them changes.
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN npx -y pnpm@12 fetch

COPY . .
RUN npx -y pnpm@12 install --frozen-lockfile --offline
RUN node_modules/.bin/tsc -b apps/cli/tsconfig.build.json && node apps/console/bundle/write.ts && node tools/use-compiled.ts
RUN npx -y pnpm@12 --filter @dsapi/cli deploy --prod --offline /app

FROM node:24-bookworm-slim
COPY --from=build /app /app
# Files are owned by root, so the program can change only its data.
RUN mkdir /data && chown node:node /data
ENV HOST=0.0.0.0 PORT=8000 DATABASE_URL=sqlite:/data/dsapi.sqlite
USER node
WORKDIR /data
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# Node is the first process, so SIGTERM reaches dsapi, which then finishes its requests and jobs. Give it 30 seconds
# (docker stop --timeout 30).
ENTRYPOINT ["node", "/app/dist/main.js"]
CMD ["start"]
