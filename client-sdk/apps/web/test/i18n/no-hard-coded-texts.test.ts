import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = `${join(import.meta.dirname, '../../src')}/`;
const files = readdirSync(source, { recursive: true, encoding: 'utf8' });

const withoutComments = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gmu, '');

it('no Chinese text stands outside the catalogue', () => {
  const allowed = /^i18n\//u;
  const found = files
    .filter((file) => /\.tsx?$/u.test(file) && !allowed.test(file))
    .filter((file) => /\p{Script=Han}/u.test(withoutComments(readFileSync(source + file, 'utf8'))));
  expect(found).toEqual([]);
});

it('no words stand between tags', () => {
  const found = files
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) => {
      const text = withoutComments(readFileSync(source + file, 'utf8'));
      return [
        ...text.matchAll(/<[A-Za-z][^<>]*[^=]>\s*([A-Za-z][a-z]+(?: [A-Za-z]+)*)\s*<\//gu),
      ].map((match) => `${file}: ${match[1]}`);
    });
  expect(found).toEqual([]);
});
