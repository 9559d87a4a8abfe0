import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program } from './host.ts'

const port = 8000

/** How long a host is not ready before it stops accepting: several checks of the proxy. */
export const drainSeconds = 2

const answers = (address: string) =>
  fetch(`http://${address}:${port}/livez`, { signal: AbortSignal.timeout(1000) }).then(
    ({ ok }) => ok,
    () => false,
  )

// Both proxies send a request that cannot have reached a host to another one. If it may have reached a host, or was
// rejected by a busy one, they do so only if it is safe: it reads, or stores nothing, or has an Idempotency-Key.

/** HAProxy, which looks at `/readyz` four times a second. */
const haproxyConfig = (address: string, hosts: readonly string[]) => `
defaults
  mode http
  timeout connect 500ms
  timeout client 30s
  # Longer than any answer takes here. With \`Prefer: wait\` and events it would have to be longer.
  timeout server 3s
  timeout check 1s
  retries 3
  option redispatch 1
  option forwardfor
  option httpchk
  http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host dsapi
  default-server inter 250ms fall 2 rise 1
frontend clients
  bind ${address}:${port}
  default_backend apis
backend apis
  balance roundrobin
  retry-on conn-failure empty-response response-timeout 503
  acl safe method GET HEAD
  acl safe path /predict
  acl safe req.hdr(Idempotency-Key) -m found
  http-request disable-l7-retry unless safe
${hosts.map((host, i) => `  server api${i + 1} ${host}:${port} check`).join('\n')}
`

/** nginx has health checks in its commercial version only. This one learns from failed requests that a host is down. */
const nginxConfig = (address: string, hosts: readonly string[], folder: string) => `
daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  upstream apis {
    # No host is left out for having failed: when all are slow for a moment, nginx would have none, and answer 502.
${hosts.map((host) => `    server ${host}:${port} max_fails=0;`).join('\n')}
    keepalive 32;
  }
  map "$request_method $uri $http_idempotency_key" $is_safe {
    default 0;
    "~^(GET|HEAD) " 1;
    "~^POST /predict " 1;
    "~^POST [^ ]+ ." 1;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_connect_timeout 500ms;
  proxy_read_timeout 10s;
  server {
    listen ${address}:${port};
    location / {
      # The status is ours alone, to get from here to there.
      error_page 418 = @safe;
      if ($is_safe) { return 418; }
      proxy_pass http://apis;
    }
    location @safe {
      proxy_next_upstream error timeout http_503 non_idempotent;
      proxy_pass http://apis;
    }
  }
}
`

const withConfig = (file: string, text: string) => {
  writeFileSync(file, text)
  return file
}

export const haproxy =
  (folder: string, hosts: readonly string[]) =>
  (address: string): Program => ({
    command: [
      'haproxy',
      '-db',
      '-f',
      withConfig(join(folder, 'haproxy.cfg'), haproxyConfig(address, hosts)),
    ],
    isReady: () => answers(address),
  })

export const nginx =
  (folder: string, hosts: readonly string[]) =>
  (address: string): Program => ({
    command: [
      'nginx',
      '-c',
      withConfig(join(folder, 'nginx.conf'), nginxConfig(address, hosts, folder)),
    ],
    isReady: () => answers(address),
  })
