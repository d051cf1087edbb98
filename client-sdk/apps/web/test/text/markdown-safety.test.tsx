import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../src/text/Markdown';

const show = (text: string) => render(<Markdown text={text} mentions={[]} />).container;

const SCRIPTS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<style>*{display:none}</style>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '"><script>alert(1)</script>',
  '<!-- x --><b>bold</b>',
  '![x](javascript:alert(1))',
  '![x](https://example.org/pixel.png)',
];

const LINKS = [
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](JaVaScRiPt&#58;alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x](vbscript:msgbox(1))',
  '[x](<java\tscript:alert(1)>)',
  '[x](java&Tab;script:alert(1))',
  '[x](java&NewLine;script:alert(1))',
  '[x](&#1;javascript:alert(1))',
  '<javascript:alert(1)>',
  '[x](//evil.example)',
  '[x](/relative)',
  '[x](file:///etc/passwd)',
  '[x](blob:https://a/b)',
  '[x](https://bank.example@evil.example/)',
];

describe('a message text becomes nodes, never markup', () => {
  it.each(SCRIPTS)('%s is shown as the characters that were typed', (text) => {
    const shown = show(text);
    expect(shown.querySelector('script,img,svg,iframe,style,math,b')).toBeNull();
    const attributes = [...shown.querySelectorAll('*')].flatMap((one) => one.getAttributeNames());
    expect(attributes.filter((name) => name.startsWith('on'))).toEqual([]);
  });

  it('keeps a script tag readable', () => {
    expect(show('<script>alert(1)</script>').textContent).toBe('<script>alert(1)</script>');
  });

  it.each(LINKS)('%s is not a link', (text) => {
    expect(show(text).querySelector('a')).toBeNull();
  });

  it.each(['https://example.org/a?b=1', 'http://example.org/', 'mailto:li.na@example.org'])(
    '%s is a link that gives the page no handle on ours',
    (address) => {
      const link = show(`[x](${address})`).querySelector('a');
      expect(link?.getAttribute('href')).toBe(address);
      expect(link?.getAttribute('rel')).toContain('noopener');
      expect(link?.getAttribute('target')).toBe('_blank');
    },
  );

  it('links a bare address', () => {
    const link = show('see https://example.org/x.').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://example.org/x');
  });

  it('does not follow a link defined elsewhere in the text', () => {
    expect(show('[x][y]\n\n[y]: https://example.org').querySelector('a[href*="y"]')).toBeNull();
  });

  it.each([
    ['**fett**', 'strong'],
    ['*kursiv*', 'em'],
    ['~~weg~~', 'del'],
    ['`x`', 'code'],
    ['> q', 'blockquote'],
    ['- a\n- b', 'ul li'],
    ['3. a', 'ol[start="3"] li'],
    ['```java\nint x;\n```', 'figure pre code'],
  ])('%s uses %s', (text, selector) => {
    expect(show(text).querySelector(selector)).not.toBeNull();
  });

  it.each(['# title', '---', '    indented', 'title\n==='])('%s stays as typed', (text) => {
    const shown = show(text);
    expect(shown.querySelector('h1,hr,pre')).toBeNull();
    expect(shown.textContent).toContain(text.trim());
  });

  it('takes a hostile text of full length in reasonable time', () => {
    const text = `${'*a_[`>'.repeat(1300)}`;
    const started = performance.now();
    show(text);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
