import { expect, it } from 'vitest';
import { giveStylesTheNonce, readNonce } from '../src/app/csp';
import { deviceName } from '../src/app/deviceName';
import { parseRoute } from '../src/app/useRoute';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

it.each([
  ['/', '', { page: 'chat', conversation: undefined }],
  [`/c/${ID}`, '', { page: 'chat', conversation: ID }],
  ['/c/none', '', { page: 'chat', conversation: undefined }],
  ['/link', '#t0ken', { page: 'link', token: 't0ken' }],
])('%s%s opens %j', (path, hash, route) => {
  expect(parseRoute(path, hash)).toEqual(route);
});

it('gives the nonce of the page to every style element made by script', () => {
  const page = document.implementation.createHTMLDocument();
  page.head.innerHTML = '<meta name="csp-nonce" content="n0nce">';
  giveStylesTheNonce(readNonce(page), page);
  expect(page.createElement('style').nonce).toBe('n0nce');
});

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/153.0 Safari/537.36',
    'Chrome, Linux',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1', 'Safari, iOS'],
  ['something', 'Browser'],
])('%s is called %s', (agent, name) => {
  expect(deviceName(agent)).toBe(name);
});
