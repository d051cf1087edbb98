import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'cluster-config/README.md',
  'client-sdk/packages/sdk/README.md',
  'client-sdk/packages/conformance/README.md',
  'client-sdk/apps/web/README.md',
  'load-tests/bench/README.md',
  'load-tests/gatling/README.md',
  ...['docs', 'docs/adr'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

const TESTS = new Set(
  ['server', 'load-tests/bench', 'load-tests/gatling'].flatMap((module) =>
    readdirSync(join(ROOT, module, 'src/test/java'), { recursive: true }).map((path) =>
      basename(String(path), '.java'),
    ),
  ),
);

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');

  it('names tests that exist', () => {
    const named = text.match(/(?<![*\w])[A-Z][A-Za-z0-9]+(?:Test|IT)\b/g) ?? [];
    // A word in capitals is one of SQL's.
    const missing = named.filter((name) => /[a-z]/.test(name) && !TESTS.has(name));
    expect(missing).toEqual([]);
  });

  it('links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
    const own = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(own.filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });
});

it('docs/what-goes-wrong.md names places in the code that exist', () => {
  const text = readFileSync(join(ROOT, 'docs/what-goes-wrong.md'), 'utf8');
  const named = [...text.matchAll(/`([a-z]+(?:\.[a-z]+)*)\.([A-Z]\w+)`/g)];
  const places = named.map(([, where, name]) => `${where!.replaceAll('.', '/')}/${name}.java`);
  const main = join(ROOT, 'server/src/main/java/io/magpie');
  expect(places.length).toBeGreaterThan(5);
  expect(places.filter((place) => !existsSync(join(main, place)))).toEqual([]);
});

function leadsSomewhere(document: string, link: string): boolean {
  const [path, heading] = link.split('#') as [string, string?];
  const file = path === '' ? document : join(dirname(document), path);
  return (
    existsSync(join(ROOT, file)) && (heading === undefined || headings(file).includes(heading))
  );
}

/** The anchors of a Markdown file, as GitHub makes them. */
function headings(file: string): string[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').match(/^#+ .*$/gm) ?? [];
  return lines.map((line) =>
    line
      .replace(/^#+ /, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
