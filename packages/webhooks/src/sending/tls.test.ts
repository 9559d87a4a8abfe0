import { execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describeWhere, temporaryFolder } from '@dsapi/testing'
import { expect, onTestFinished, test } from 'vitest'
import { readAllowedHosts } from '../addresses/allowed-hosts.ts'
import { explainFailure } from './explain-failure.ts'
import { post } from './post.ts'

const makeCertificate = async () => {
  const folder = await temporaryFolder()
  const [cert, key] = [join(folder, 'a.crt'), join(folder, 'a.key')]
  const subject = ['-subj', '/CN=a', '-addext', 'subjectAltName=DNS:hooks.internal']
  const form = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync('openssl', ['req', ...form, '-out', cert, '-keyout', key, ...subject], {
    stdio: 'ignore',
  })
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}

const listen = async (options: { readonly cert: string; readonly key: string }) => {
  const names: string[] = []
  const server = createServer(options, (request, response) => {
    names.push(request.headers.host ?? '')
    response.writeHead(204).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { names, port: (server.address() as AddressInfo).port }
}

const sendTo = (host: string, port: number) =>
  post(
    new URL(`https://${host}:${port}/`),
    { headers: {}, body: '{}' },
    {
      allowed: readAllowedHosts(['127.0.0.1']),
      timeoutMs: 60_000,
      signal: new AbortController().signal,
      resolve: (_, __, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    },
  ).catch(explainFailure)

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describeWhere(hasOpenssl, 'openssl')('over TLS', () => {
  test('the certificate must be trusted and name the host, whichever address was checked', async () => {
    const certificate = await makeCertificate()
    const { port, names } = await listen(certificate)
    expect(await sendTo('hooks.internal', port)).toMatch(/self-signed certificate/)

    const before = getCACertificates('default')
    onTestFinished(() => setDefaultCACertificates(before))
    setDefaultCACertificates([...before, certificate.cert])
    expect(await sendTo('hooks.internal', port)).toBe(204)
    expect(await sendTo('other.internal', port)).toMatch(/does not match certificate/)
    expect(names).toEqual([`hooks.internal:${port}`])
  })
})
