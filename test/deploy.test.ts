import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { access, readFile } from 'node:fs/promises'
import { BlockList, isIPv6 } from 'node:net'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'
import { parse, parseAllDocuments } from 'yaml'
import { readEnvironment, variables } from '../src/environment/environment.ts'
import { Loopback } from './loopback.ts'

const root = new URL('../', import.meta.url)
const file = (name: string) => readFile(new URL(`.deploy/${name}`, root), 'utf8')

/** What lies at a path such as `spec.replicas`; undefined where there is nothing. */
function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((one, name) => {
    if (typeof one !== 'object' || one === null) return undefined
    return new Map<string, unknown>(Object.entries(one)).get(name)
  }, value)
}

function namesAt(value: unknown, path: string): readonly string[] {
  return Object.keys(Object(at(value, path)) as object)
}

const known: readonly string[] = variables
const port = 3978
/** index.ts ends by itself this long after SIGTERM: seconds. */
const stopsWithin = 9

describe('What is needed to run several instances', () => {
  describe('on Kubernetes', () => {
    let documents: readonly unknown[]
    before(async () => {
      const parsed = parseAllDocuments(await file('kubernetes.yaml'), { uniqueKeys: true })
      documents = parsed.map((one) => {
        assert.deepEqual([...one.errors, ...one.warnings], [])
        return one.toJS() as unknown
      })
    })
    const kind = (name: string) => documents.find((one) => at(one, 'kind') === name)
    const bot = (path: string) => at(kind('Deployment'), `spec.template.spec.containers.0.${path}`)

    it('gives every object an API, a kind and the name the others refer to', () => {
      const kinds = ['ConfigMap', 'Deployment', 'PodDisruptionBudget', 'Service', 'Ingress', 'NetworkPolicy']
      assert.deepEqual(
        documents.map((one) => at(one, 'kind')),
        kinds,
      )
      for (const one of documents)
        assert.deepEqual([at(one, 'metadata.name'), typeof at(one, 'apiVersion')], ['call-pickup', 'string'])
      const label = { app: 'call-pickup' }
      assert.deepEqual(at(kind('Deployment'), 'spec.template.metadata.labels'), label)
      for (const [name, path] of [
        ['Deployment', 'spec.selector.matchLabels'],
        ['PodDisruptionBudget', 'spec.selector.matchLabels'],
        ['Service', 'spec.selector'],
        ['NetworkPolicy', 'spec.podSelector.matchLabels'],
      ] as const)
        assert.deepEqual(at(kind(name), path), label, name)
    })

    it('keeps three instances, and two of them whatever is maintained or replaced', () => {
      assert.equal(at(kind('Deployment'), 'spec.replicas'), 3)
      assert.deepEqual(at(kind('Deployment'), 'spec.strategy.rollingUpdate'), {
        maxUnavailable: 0,
        maxSurge: 1,
      })
      assert.equal(at(kind('PodDisruptionBudget'), 'spec.minAvailable'), 2)
    })

    it('asks where the bot answers, and lets it stop in its own time', () => {
      assert.equal(bot('ports.0.containerPort'), port)
      assert.equal(at(kind('ConfigMap'), 'data.PORT'), String(port))
      const asked = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((name) =>
        bot(`${name}.httpGet.path`),
      )
      assert.deepEqual(asked, ['/health', '/health', '/ready'])
      for (const name of ['startupProbe', 'livenessProbe', 'readinessProbe'])
        assert.equal(bot(`${name}.httpGet.port`), bot('ports.0.name'))
      // Longer than a failover, or nobody would be told that the database does not answer.
      assert.ok(
        Number(bot('readinessProbe.periodSeconds')) * Number(bot('readinessProbe.failureThreshold')) > 120,
      )
      const [, pause] = bot('lifecycle.preStop.exec.command') as string[]
      const grace = Number(at(kind('Deployment'), 'spec.template.spec.terminationGracePeriodSeconds'))
      assert.ok(grace > Number(pause) + stopsWithin)
    })

    it('sets what the bot reads, as text, and no secret', () => {
      const set = namesAt(kind('ConfigMap'), 'data')
      for (const name of set) {
        assert.ok(known.includes(name), `${name} is not read by the bot`)
        assert.equal(typeof at(kind('ConfigMap'), `data.${name}`), 'string')
        assert.doesNotMatch(name, /password|secret|key|url/iu)
      }
      assert.deepEqual(bot('envFrom'), [
        { configMapRef: { name: 'call-pickup' } },
        { secretRef: { name: 'call-pickup' } },
      ])
      const secrets = {
        MicrosoftAppPassword: 'x',
        DATABASE_URL: 'postgresql://pickup:x@db.contoso.com/pickup?sslmode=verify-full',
        CALL_WEBHOOK_SECRET: '0123456789abcdef',
      }
      const data = at(kind('ConfigMap'), 'data') as Record<string, string>
      const read = readEnvironment({ ...data, ...secrets, NODE_ENV: 'production' })
      assert.deepEqual([read.port, read.host, read.database?.connections], [port, '0.0.0.0', 8])
    })

    it('lets in from outside what is checked at the door', () => {
      const paths = at(kind('Ingress'), 'spec.rules.0.http.paths') as unknown[]
      assert.deepEqual(
        paths.map((one) => [
          at(one, 'path'),
          at(one, 'backend.service.name'),
          at(one, 'backend.service.port.name'),
        ]),
        [['/api', 'call-pickup', at(kind('Service'), 'spec.ports.0.name')]],
      )
      assert.equal(at(kind('Service'), 'spec.ports.0.targetPort'), bot('ports.0.name'))
    })

    it('lets the bot hear the ingress only, and say nothing but what it has to', () => {
      const policy = (path: string) => at(kind('NetworkPolicy'), `spec.${path}`)
      assert.deepEqual(policy('policyTypes'), ['Ingress', 'Egress'])
      assert.deepEqual(policy('ingress.0.ports'), [{ protocol: 'TCP', port: bot('ports.0.name') }])
      assert.equal(policy('ingress.1'), undefined)
      for (const from of policy('ingress.0.from') as unknown[])
        assert.deepEqual(namesAt(from, 'namespaceSelector.matchLabels'), ['kubernetes.io/metadata.name'])
      const egress = policy('egress') as unknown[]
      assert.deepEqual(
        egress.map((one) =>
          (at(one, 'ports') as unknown[]).map((to) => [at(to, 'protocol'), at(to, 'port')]),
        ),
        [
          [
            ['UDP', 53],
            ['TCP', 53],
          ],
          [['TCP', 443]],
          [['TCP', 5432]],
        ],
      )
    })

    it('keeps the bot from private networks and from where a cloud tells a machine its secrets', () => {
      const blocks = (at(kind('NetworkPolicy'), 'spec.egress.1.to') as unknown[]).map((one) =>
        at(one, 'ipBlock'),
      )
      const except = new BlockList()
      for (const block of blocks)
        for (const net of at(block, 'except') as string[]) {
          const [address = '', bits] = net.split('/')
          except.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4')
        }
      assert.deepEqual(
        blocks.map((block) => at(block, 'cidr')),
        ['0.0.0.0/0', '::/0'],
      )
      for (const inside of [
        '169.254.169.254',
        '168.63.129.16',
        '10.0.0.1',
        '172.31.0.1',
        '192.168.1.1',
        '127.0.0.1',
      ])
        assert.ok(except.check(inside), inside)
      for (const inside of ['fd00:ec2::254', 'fe80::1', '::1', '64:ff9b::a9fe:a9fe'])
        assert.ok(except.check(inside, 'ipv6'), inside)
      assert.ok(!except.check('52.112.0.1'), 'Microsoft is not among them')
    })
  })

  describe('as an image', () => {
    it('is built on a base that nobody can exchange, the same in every stage', async () => {
      const bases = [...(await file('Dockerfile')).matchAll(/^FROM (\S+)/gmu)].map(([, base = '']) => base)
      assert.equal(bases.length, 2)
      assert.equal(new Set(bases).size, 1)
      assert.match(bases[0] ?? '', /^node:22\.\d+\.\d+-bookworm-slim@sha256:[0-9a-f]{64}$/u)
    })

    it('asks by itself whether the process lives, with what is in it', async () => {
      const recipe = await file('Dockerfile')
      const [, options = '', command = ''] = /^HEALTHCHECK ((?:--\S+ )+)CMD (\[.*\])$/mu.exec(recipe) ?? []
      assert.deepEqual([...options.matchAll(/--([a-z-]+)=/gu)].map(([, name]) => name).sort(), [
        ...['interval', 'retries', 'start-period', 'timeout'],
      ])
      const [program, flag, script = ''] = JSON.parse(command) as string[]
      assert.deepEqual([program, flag], ['node', '-e'])
      const ask = (to: number) =>
        new Promise((done) => {
          const env = { ...process.env, PORT: String(to) }
          execFile(process.execPath, ['-e', script], { env }, (error) => {
            done(error?.code ?? 0)
          })
        })
      const bot = await Loopback.open()
      let status = 200
      bot.hears(({ url }, response) => {
        response.statusCode = url === '/health' ? status : 404
        response.end()
      })
      assert.equal(await ask(bot.port), 0)
      status = 503
      assert.equal(await ask(bot.port), 1)
      await bot.close()
      assert.equal(await ask(bot.port), 1)
    })
  })

  describe('on one machine', () => {
    let compose: unknown
    before(async () => {
      compose = parse(await file('compose.yaml'), { strict: true, uniqueKeys: true })
    })

    it('starts three instances of the bot, on a database, behind a balancer', () => {
      assert.deepEqual(namesAt(compose, 'services'), ['bot', 'balancer', 'database'])
      assert.equal(at(compose, 'services.bot.deploy.replicas'), 3)
      assert.equal(at(compose, 'services.bot.ports'), undefined)
      assert.equal(at(compose, 'services.database.ports'), undefined)
      assert.deepEqual(at(compose, 'services.balancer.ports'), ['80:80', '443:443'])
      assert.match(
        String(at(compose, 'configs.balancer.content')),
        /@open path \/api\/\*\n[^]*dynamic a bot 3978/u,
      )
      assert.ok(Number.parseInt(String(at(compose, 'services.bot.stop_grace_period')), 10) > stopsWithin)
      const test = at(compose, 'services.bot.healthcheck.test') as string[]
      assert.ok(test.at(-1)?.includes(`http://127.0.0.1:${port}/ready`))
      // It is a program that Node can read.
      assert.ok(new Script(test.at(-1) ?? ''))
    })

    it('sets what the bot reads, and every secret comes from outside', () => {
      const set = namesAt(compose, 'services.bot.environment')
      for (const name of set) assert.ok(known.includes(name), `${name} is not read by the bot`)
      for (const name of ['MicrosoftAppPassword', 'DATABASE_URL', 'CALL_WEBHOOK_SECRET', 'ADMIN_API_KEY'])
        assert.match(String(at(compose, `services.bot.environment.${name}`)), /\$\{\w+:[?-]\}/u)
      const volumes = [
        at(compose, 'services.balancer.volumes'),
        at(compose, 'services.database.volumes'),
      ].flat()
      assert.deepEqual(
        volumes.map((volume) => String(volume).split(':')[0]).sort(),
        [...namesAt(compose, 'volumes')].sort(),
      )
    })

    it('refers to files that are there', async () => {
      const files = [
        at(compose, 'services.bot.build.dockerfile'),
        `.deploy/${String(at(compose, 'configs.role.file'))}`,
      ].map(String)
      const recipe = await file('Dockerfile')
      const copied = [...recipe.matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(([, names = '']) =>
        names.split(' '),
      )
      assert.ok(copied.length >= 8)
      for (const name of [...files, ...copied]) await access(fileURLToPath(new URL(name, root)))
      const kept = (await file('Dockerfile.dockerignore')).split('\n').filter((one) => one.startsWith('!'))
      for (const name of copied)
        assert.ok(kept.includes(`!${name.split('/')[0]}`), `${name} is kept out of the image`)
      assert.match(recipe, /^USER node$/mu)
      assert.match(recipe, /^CMD \["node", "dist\/index\.js"\]$/mu)
    })
  })
})
